# What is wrong with a field, and pages for when something is in the way. Nobody is to blame.

## Forms

error-stale-form = This page was open too long. Your entry was not sent. Please try again.
error-email-missing = Enter your email address
error-password-missing = Enter your password
# Never says which of the two is wrong.
error-sign-in-wrong = The email address or password is not right. Check both and try again.
error-sign-in-wrong-warning = The email address or password is not right. Check both and try again. After { $limit } wrong passwords you will have to wait.
error-password-wrong = Your password is not right.
error-password-too-long = That password is too long. It may have up to about 1,000 characters.
error-code-missing = Enter the 6-digit code
error-code-length = The code has 6 digits – you entered { $typed }.
error-code-not-digits = The code has only digits.
error-email-code-wrong = That code is not right. Check the newest email and try again.
error-email-code-expired = That code has expired. Please ask for a new one.
error-email-code-expired-resent = That code has expired. We have sent you a new one.
error-sms-code-wrong = That code is not right. Check the newest text message and try again.
error-phone-missing = Enter your mobile phone number
error-phone-unreadable = We cannot read that number. Write it with the country code, like +41 79 123 45 67.
error-phone-no-country-code = Start the number with its country code, like +41 79 123 45 67.
error-phone-other-country = We cannot send text messages to that country. Use another number.
error-phone-not-mobile = We cannot send text messages to that number. Use a mobile phone number.
error-app-code-wrong = That code is not right. Use the newest code from the app; your phone's clock should be set automatically.
error-app-code-late = That code is too old: your phone's clock is behind. Set it to automatic.
error-app-code-used = That code was already used. Wait for the next one.
error-setup-code-wrong = That code is not right. Check that you scanned this QR code – not an older one – and use the newest code.
error-recovery-code-missing = Enter a recovery code
error-recovery-code-wrong = That recovery code is not right or was used before.
error-codes-not-saved = { $count ->
    [one] Tick the box when you have saved your code
   *[other] Tick the box when you have saved your codes
}
error-name-too-long = That name is too long. Use at most 60 characters.
error-current-password-missing = Enter your current password
error-current-password-wrong = Your current password is not right.
error-new-password-missing = Enter a new password
error-new-password-short = That is too short. Use at least { $least } characters; four random words work well.
error-new-password-guessable = That password is easy to guess. Choose one that only you would think of.
error-new-password-same = That is your current password. Choose a different one.
error-language-missing = Choose a language
error-first-name-too-long = That first name is too long. Use at most 100 characters.
error-last-name-too-long = That last name is too long. Use at most 100 characters.

## In the way

no-cookies-title = Your browser blocks cookies
no-cookies-text = Your browser blocks cookies for this site. Without them we cannot sign you in. Please allow cookies for this site in the browser's settings and try again.
forbidden-title = That did not come from us
forbidden-text = This request came from another website, so we did nothing. Nothing has changed in your account. If you meant to do this, please open { $brand } yourself.
refused-title = This page is not open to you
refused-text = This part of { $brand } cannot be opened from here. If you need it, please ask.
throttled-title = Too many attempts
# { $wait } is bold, like "4 minutes"; { $time } is like "14:05".
throttled-text = Please wait { $wait } (until { $time }).
throttled-calm = You don't need to do anything. If it wasn't you, nothing has happened to your account.
throttled-over = The wait is over. You can try again now.
busy-title = Many people are signing in right now
busy-text = Please wait a few seconds and try again.
closed-title = We accept no more codes for your account
closed-text = There were too many wrong codes. To keep your account safe, we accept no more until somebody has helped you.
no-access-title = You don't have access to { $brand }
no-access-text = You are signed in, but your account is not allowed in here. If you think it should be, please ask.
upstream-down-title = { $brand } isn't answering right now
upstream-down-text-signed-in = You are still signed in. Try again in a minute.
upstream-down-text = Please try again in a minute.
# { $from } and { $to } are the ends of what is bold.
upstream-down-not-sent = Your last action was { $from }not{ $to } sent.
upstream-down-unknown = We can't tell whether your last action was saved. Check before you repeat it.
store-down-title = Sign-in isn't available right now
store-down-text = This is our fault. Please try again later.
not-found-title = This page does not exist
not-found-text = The address may be misspelled, or the page has moved.
bad-request-title = We did not understand that
bad-request-text = Your browser sent something that we cannot read. Please go back and try again.
too-large-title = That was too much
too-large-text = Your browser sent more than this form can take. Please go back and shorten your entry.
method-not-allowed-title = That does not work here
method-not-allowed-text = This address cannot be used in that way. Please go back and try again.

## Registration

error-registration-code-missing = Enter your registration code
error-registration-code-wrong = That registration code is not right. Check it and try again.
error-registration-domain = You cannot register with an address of this kind. Use another one, or ask for help.
error-given-name-missing = Enter your first name
error-method-missing = Choose how you want to confirm sign-ins

## Links from letters

error-email-malformed = That is not an email address. It looks like name@example.com.
link-expired-title = This link has expired
# { $length } looks like "30 minutes".
link-expired-text = A link works for { $length }, and only the newest one counts.
link-used-title = This link was already used
link-used-text = Each link works once.
link-over-title = This link does not work any more
link-over-text = There were too many wrong codes. To keep your account safe, the link has ended.
link-again = Get a new link
link-revoke-expired-text = A link like this works for { $length }, and only once.
error-new-email-missing = Enter the new email address
error-new-email-same = That is your present email address. Enter a different one.
error-new-email-too-many = Your email address was changed several times in the last days. Please wait before you change it again.

## Terms of Use

error-terms-not-accepted = Tick the box if you agree to the Terms of Use
error-terms-changed = There is a new version of the Terms of Use. Read it, and tick the box if you agree.

## A form that came after the session had ended, and cannot be kept

not-kept-title = Your session has ended
not-kept-text = Your entry could not be kept. Use Back in your browser after signing in in a new tab.
# A button; it opens a new tab.
not-kept-sign-in = Sign in in a new tab

## A link that invites

link-invite-over = Please ask whoever invited you for a new one.
link-invite-used = You have chosen your password with it. Sign in with that.
