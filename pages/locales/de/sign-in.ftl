sign-in-title = Bei { $brand } anmelden
