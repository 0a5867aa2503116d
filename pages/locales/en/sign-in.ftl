sign-in-title = Sign in to { $brand }
