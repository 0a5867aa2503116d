# The account's pages, and the question who is asking.

## Overview

account-title = Your account
account-password = Password
account-password-changed = Changed on { $date }
account-password-set = Set
# { $date } is a day.
account-app-on = { $count ->
    [one] On since { $date }
   *[other] On since { $date }, { $count } apps
}
account-app-off-email = Off. Codes come by email.
account-app-off = Off
account-devices-count = { $count ->
    [0] No device remembered
    [one] { $count } device remembered
   *[other] { $count } devices remembered
}
recovery-count = { $left } of { $total } left
recovery-none = None yet

## Personal information

details-title = Personal information
details-first-name = First name
details-last-name = Last name

## Language

language-title = Language
language-lead = Pages and emails will be in this language
notice-language-changed = Your language is changed.

## Password

password-title = Change your password
password-current = Current password
password-new = New password
password-hint = At least { $least } characters. Four random words work well. Spaces are fine.
password-consequence = You stay signed in here. All other devices will be signed out, and the next sign-in on each device will ask for a code again.
password-save = Change password
notice-password-changed = Your password is changed. All other devices are signed out.

## Authenticator app

app-title = Authenticator app
app-why = With an app on your phone you get a code at any time, even without reception. It protects your account better than a code by email.
app-why-alone = With an app on your phone you get a code at any time, even without reception. It protects your account better than a password alone.
app-begin = Set up the app
app-another = Add another app
app-replace-hint = You have a new phone? Choose "Replace": the old app works until the new one does.
app-setup-title = Set up your authenticator app
app-setup-replacing = { $name } works until the new app is set up.
app-setup-open = Open your authenticator app
app-setup-none = I don't have one
app-setup-install = Look for "authenticator" in your phone's app store. Any app for time-based codes works. They cost nothing.
# { $apps } is a list of names.
app-setup-suggested = These apps work well: { $apps }.
app-setup-scan = Add your account
app-setup-scan-hint = Choose "Add" or "+" in the app and scan this picture.
app-setup-link = Open in my authenticator app
app-setup-key = You can't scan? Type this key into the app instead:
app-setup-settings = Settings, if your app asks
app-setup-account = Account
app-setup-issuer = Issuer
app-setup-kind = Kind
app-setup-kind-value = Time-based, SHA-1, 6 digits, 30 seconds
app-setup-type = Enter the code that the app shows
app-setup-code = 6-digit code from the app
app-setup-name = Name for this app
qr-title = QR code for your authenticator app
qr-description = The same key is written below as text.
# { $from } and { $to } are the ends of what is bold.
notice-app-setup-expired = This page was open too long. Here is a fresh QR code – { $from }remove the old entry from your app{ $to }.
notice-app-added = Your app is set up. From now on it shows the codes for signing in.
notice-app-replaced = The new app is set up. The old one no longer works.
notice-app-removed = The app is removed.
app-remove-title = Remove your authenticator app?
app-remove-lead = You are about to remove { $name }.
app-remove-email-codes = From then on we send you codes by email. That is less safe than the app.
app-remove-another-app = Your other app goes on working.
app-remove-password-only = From then on your password alone is enough. That is much less safe.
app-remove-set-up-anew = The next time you sign in you will have to set up an app again.
app-remove-blocked = { $brand } needs an authenticator app for every account. You can replace the app with a new one, but not remove it.
app-remove-also = All other devices will be signed out, and no device will be remembered any more.
app-remove = Remove the app

## Trusted devices

devices-title = Trusted devices
# { $length } looks like "90 days".
devices-lead = On these devices you sign in without a code for { $length }. Remove any that you no longer use.
devices-none = No device is remembered. You are asked for a code each time.
devices-device = Device
devices-this = This device
devices-expires = Remembered until
devices-rename = Rename
devices-rename-named = Rename { $name }
devices-new-name = New name
devices-remember = Remember this device
devices-remove-all = Remove all
notice-device-remembered = This device is remembered.
notice-device-renamed = The device is now called { $name }.
notice-device-removed = { $name } is removed.
notice-all-devices-removed = All devices are removed. From now on we ask for a code each time.

## Recovery codes

recovery-title = { $count ->
    [one] Recovery code
   *[other] Recovery codes
}
recovery-lead = { $count ->
    [one] If you lose your phone, your recovery code gets you in. Keep it in a safe place.
   *[other] If you lose your phone, a recovery code gets you in. Keep the codes in a safe place.
}
recovery-created = Created
recovery-used-on = Used
recovery-create = { $count ->
    [one] Create a new code
   *[other] Create new codes
}
recovery-create-hint = { $count ->
    [one] Your old code works until you have saved the new one.
   *[other] Your old codes work until you have saved the new ones.
}
recovery-new-title = { $count ->
    [one] Save your recovery code
   *[other] Save your recovery codes
}
recovery-new-lead = { $count ->
    [one] If you lose your phone, this code gets you in. It works once. We cannot show it again.
   *[other] If you lose your phone, one of these gets you in. Each works once. We cannot show them again.
}
# On paper, above the codes.
recovery-new-printed = { $brand } ({ $host }), { $account }, { $date }
recovery-new-where = { $count ->
    [one] A password manager is a good place for it. So is a printed page in a drawer at home.
   *[other] A password manager is a good place for them. So is a printed page in a drawer at home.
}
recovery-new-replaces = { $count ->
    [one] Your old code stops working once you continue.
   *[other] Your old codes stop working once you continue.
}
recovery-new-saved = { $count ->
    [one] I have saved this code
   *[other] I have saved these codes
}
notice-recovery-codes-saved = { $count ->
    [one] Your new recovery code works from now on.
   *[other] Your new recovery codes work from now on.
}

## Phone number

phone-title = Phone number
phone-number-title = Confirm your mobile phone number
phone-code-title = Enter the code from the text message
phone-lead-recovery = If your app is lost or not with you, we can send you a code by text message. We use the number for nothing else.
phone-lead-method = We can send you codes for signing in by text message. We use the number for nothing else.
phone-weak = A text message is less safe than the app: others may read it on its way, and numbers can be taken over.
phone-not-in-use = Text messages are not in use here any more. You can remove the number.
phone-number = Mobile phone number
phone-number-hint = With the country code, like +41 79 123 45 67
phone-code = 6-digit code from the text message
phone-other = Use another number
phone-skip = Continue without a phone number
phone-add = Add a phone number
# { $number } looks like •••42.
phone-replacing = { $number } works until the new number is confirmed.
phone-remove-email-codes = Without it we send you codes by email.
phone-remove-app-only = Without it no text message can help you when your app is lost.
phone-remove-password-only = Without it your password alone is enough. That is much less safe.
phone-remove-blocked = { $brand } needs a phone number for every account. You can replace it, but not remove it.
account-phone-on = { $number }, since { $date }
account-phone-none = No number yet
notice-phone-added = Your phone number is confirmed.
notice-phone-replaced = The new phone number is confirmed. The old one is no longer used.
notice-phone-removed = The phone number is removed.
confirm-phone-setup = You are about to { $from }change your phone number{ $to }.
confirm-phone-remove = You are about to { $from }remove your phone number{ $to }.
confirm-sms-first = We send a 6-digit code to { $number } first.
app-remove-text-messages = From then on we send you codes by text message. That is less safe than the app.
# Where there are no codes by text message.
app-setup-no-sms = { $brand } sends no codes by text message: that is not secure enough, and it needs reception.

## Confirm it's you

confirm-title = Confirm it's you
confirm = Confirm
# { $from } and { $to } are the ends of what is bold.
confirm-app-setup = You are about to { $from }set up an authenticator app{ $to }.
confirm-app-replace = You are about to { $from }replace your authenticator app{ $to }.
confirm-app-remove = You are about to { $from }remove your authenticator app{ $to }.
confirm-recovery-codes = { $count ->
    [one] You are about to { $from }create a new recovery code{ $to }.
   *[other] You are about to { $from }create new recovery codes{ $to }.
}
confirm-password = You are about to { $from }change your password{ $to }.
confirm-remove-devices = You are about to { $from }remove all trusted devices{ $to }.
confirm-remember-device = You are about to have { $from }this device remembered{ $to }.
confirm-open-page = You are about to open { $from }a page that is specially protected{ $to }.
confirm-app-code = 6-digit code from your authenticator app
confirm-app-lost = I have lost my app
confirm-email-code = 6-digit code from your email
confirm-email-first = We send a 6-digit code to { $address } first.

# The name that the set-up proposes for an app.
app-setup-name-default = My phone

# The file with recovery codes, line by line.
recovery-file-title = { $count ->
    [one] Recovery code for { $host }
   *[other] Recovery codes for { $host }
}
recovery-file-account = Account: { $account }
recovery-file-date = Made on { $date }
recovery-file-use = { $count ->
    [one] If you lose your phone, sign in with your password and this code. It works once. Keep this file where only you can read it.
   *[other] If you lose your phone, sign in with your password and one of these codes. Each code works once. Keep this file where only you can read it.
}

# The name proposed for a device: "Firefox on Windows".
device-browser-on-system = { $browser } on { $system }
device-unknown = This device

## Email address

details-change-email = Change email address
address-title = Change your email address
# { $address } is bold.
address-lead = You sign in with { $address }.
address-new = New email address
address-consequence = We send a link to the new address. Once you press the button on its page, you sign in with the new address, and all other devices are signed out.
address-confirm-title = Is this your email address?
address-confirm-lead = From now on you want to sign in with { $address }.
address-confirm-consequence = All other devices will be signed out, and no device will be remembered any more.
address-confirm-save = Yes, use this address
address-confirm-not-you = You did not ask for this? Then just close this page.
address-revoke-title = Undo the change of your email address?
# { $old } and { $new } are addresses in bold.
address-revoke-lead = The address of your account was changed from { $old } to { $new }.
address-revoke-consequence = If you undo it, you sign in with the old address again, and all devices are signed out.
address-revoke-save = Undo the change
address-revoke-was-you = You changed it yourself? Then just close this page.
address-revoked-title = The change is undone
address-revoked-lead = You sign in with your old email address again. All devices are signed out, and whatever was set up for signing in since the change is removed.
address-revoked-next = If it was not you who changed it, somebody may know your password. Set a new one now.
address-revoked-reset = Set a new password
address-revoked-locked-title = Your account is locked
address-revoked-locked = Your old email address belongs to another account by now, so we could not undo the change. So that nobody else uses your account, we have locked it. Please ask for help.
confirm-email = You are about to { $from }change your email address{ $to }.
notice-email-link-sent = We have sent a link to { $address }. Your address changes once you press the button on its page.
notice-email-link-limit = We have sent several emails already. You can ask for another one in { $wait }.
notice-email-changed = Your email address is now { $address }. All other devices are signed out.
notice-sign-in-with-new-email = Your email address is changed. Sign in with the new one.

## Several apps, and their names

app-several = At sign-in the code of any of these apps will do.
notice-app-renamed = The app is now called { $name }.

## Names

notice-details-saved = Your name is saved.

## Trusted devices: the list is full

devices-limit = You have reached the largest number of remembered devices. If we remember this device, we forget the oldest one: { $name }.

## Where you are signed in

sessions-title = Where you are signed in
account-sessions-count = { $count ->
    [one] Only here
   *[other] In { $count } browsers
}
sessions-lead = These browsers are signed in to your account. Sign out any that you do not know or no longer use.
sessions-this = This browser
sessions-site = Address
sessions-started = Signed in
sessions-end-named = Sign out { $name }
sessions-end-others = Sign out all others
sessions-everywhere = Sign out everywhere
sessions-everywhere-hint = Do you think that somebody else is using your account? Then sign out everywhere, here too, and change your password.
sessions-everywhere-devices = Do you think that somebody else is using your account? Then sign out everywhere, here too, and change your password. No device is remembered after that.
notice-session-signed-out = That browser is signed out.
notice-sessions-signed-out = All other browsers are signed out.

## Recent activity

activity-title = Recent activity
account-activity-hint = Sign-ins and changes
activity-lead = The newest things that happened to your account.
activity-none = Nothing yet
activity-you = Was this you?
activity-was-you = Then there is nothing to do.
# The four are the ends of two links.
activity-not-you = If something here was not you, { $password-from }change your password{ $password-to } and look at { $sessions-from }where you are signed in{ $sessions-to }.
activity-tell = And please tell us. You find our contact details below.
activity-signed-in = Signed in
activity-signed-in-password = Signed in with the password alone
activity-signed-in-app = Signed in with a code from the app
activity-signed-in-email = Signed in with a code by email
activity-signed-in-sms = Signed in with a code by text message
activity-signed-in-recovery = Signed in with a recovery code
activity-signed-in-device = Signed in on a remembered device
activity-signed-out = Signed out
activity-signed-out-everywhere = Signed out everywhere
activity-session-ended = Another browser was signed out
activity-session-misses = A browser was signed out after too many wrong answers
activity-password-failed = { $count ->
    [one] A wrong password was entered
   *[other] A wrong password was entered { $count } times
}
activity-answer-failed = { $count ->
    [one] A wrong code or password was entered while confirming
   *[other] A wrong code or password was entered { $count } times while confirming
}
activity-factor-closed = Codes were closed after too many wrong ones
activity-waiting = Too many attempts: there was a wait
activity-device-trusted = A device was remembered
activity-device-elsewhere = A remembered device was used in a new place
activity-device-removed = A remembered device was removed
activity-devices-removed = All remembered devices were removed
activity-app-added = An authenticator app was set up
activity-app-removed = An authenticator app was removed
activity-phone-added = A phone number was added
activity-phone-removed = The phone number was removed
activity-recovery-created = New recovery codes were made
activity-recovery-used = A recovery code was used
activity-password-changed = The password was changed
activity-registered = The account was registered
activity-reset-asked = Somebody asked for a link to set a new password
activity-reset = The password was set anew by a mailed link
activity-email-asked = Another email address was asked for
activity-email-changed = The email address was changed
activity-email-revoked = The change of the email address was undone
activity-email-lost = The change of the email address could not be undone: the account was locked
activity-support-added = The account was created
activity-support-edited = Support changed your details
activity-support-locked = Support locked the account
activity-support-unlocked = Support unlocked the account
activity-support-password = Support set a new password
activity-support-reset = Support removed your app, recovery codes and remembered devices
activity-support-signed-out = Support signed you out everywhere
activity-support-suspended = Support switched the code off for a while
activity-support-session = Support signed a browser out
activity-support-device = Support removed a remembered device

## While support has suspended the code

# { $until } is a day and an hour.
account-suspended = Support has switched the code off for you: until { $until } your password alone is enough. After that the code is asked for again.

## Activity: Terms of Use

activity-terms = You agreed to the Terms of Use

## Activity: invitation

activity-support-invited = Support sent an invitation

## Activity: approval

activity-approved = The registration was approved

## The method that is recommended

# On a small tag in front of a sentence.
recommended = Recommended

## Set-up: too many wrong codes, and a set-up that was left

notice-app-setup-too-many = Too many wrong codes. Here is a fresh QR code – { $from }remove the old entry from your app{ $to }.
notice-app-setup-left = You were shown a QR code before. Only this new one counts – { $from }if you scanned the old one, remove that entry from your app{ $to }.
error-sms-codes-too-many = Too many wrong codes. Check the number and have a new code sent to it.
