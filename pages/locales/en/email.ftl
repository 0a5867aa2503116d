# Mails. `$brand` is the operator's name for the portal and is always known.
# Text parts show one message per line; keep each to one or two sentences.
# No urgency, no blame. Digits, host names and links stand as they are.

## Building blocks

# Browser and system, in the middle of a sentence: "with Firefox on Windows".
email-device-both = { $browser } on { $system }
email-device-browser = { $browser }
email-device-system = a browser on { $system }
email-device-unknown = an unknown browser
email-footer = { $brand }
email-footer-help = { $brand } - help: { $help }

## Code mails

email-code-sign-in-subject = Your { $brand } sign-in code ({ $time })
# `$code` is spaced here: 482 915.
email-code-sign-in-subject-digits = { $code } is your { $brand } sign-in code
email-code-sign-in-title = Your code for { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-code-sign-in-line = { $code } is your code for { $brand }.
email-code-sign-in-who = Someone entered your password at { $time } ({ $zone }) with { $device }.
email-code-confirm-subject = Your { $brand } code for an account change ({ $time })
email-code-confirm-subject-digits = { $code } is your { $brand } code for an account change
email-code-confirm-title = Your code to change your { $brand } account
email-code-confirm-line = { $code } is your code to confirm a change to your { $brand } account.
email-code-confirm-who = Someone who is signed in to your account asked for it at { $time } ({ $zone }) with { $device }.
email-code-enter =
    Enter it on { $host }. It works for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }, once.
email-code-you = If that was you, all is well.
# A link follows on a line of its own.
email-code-not-you = If it was not you, do not share this code with anyone - we will never ask for it - and change your password:

## Text messages

# At most 100 characters with digits and a brand of 14 letters, and only these letters:
# A-Z a-z Ä Ö Ü ä ö ü ß à è é ù ì ò Ç Ñ ñ. Others (ç ê ł ř …) double the price: write them without marks.
# The digits come first; a line with the site's host follows.
sms-code-sign-in = { $code } is your { $brand } code. Never share it.
sms-code-confirm = { $code } is your { $brand } code for an account change. Never share it.
sms-code-phone = { $code } is your { $brand } code to confirm this number. Never share it.

## Notices: the parts they share

email-when = When: { $when } ({ $zone })
email-with = With: { $device }
email-by-support = By: support
email-device-name = Device: “{ $name }”
email-app-name = App: “{ $name }”
email-app-before = App before: “{ $before }”
# { $number } looks like •••42.
email-phone-number = Phone: { $number }
email-phone-before = Phone before: { $before }
email-was-you = Was this you? Then there is nothing to do.
email-not-you = Not you?
# A link follows.
email-not-you-password = Change your password:
email-not-you-help = Tell us: { $help }
email-not-you-tell = Not you? Tell us at once: { $help }
email-not-you-tell-support = Not you? Tell your support at once.
email-not-asked-help = You did not expect this? Tell us: { $help }
email-not-asked = You did not expect this? Tell your support.

## Notices: what happened (subject, first line, what it means)

email-device-remembered-subject = { $brand }: a device is remembered
email-device-remembered-line = A device is remembered for your { $brand } account.
email-device-remembered-means = Until { $until } signing in on it needs only your password.

email-device-elsewhere-subject = { $brand }: a remembered device was used in a new place
email-device-elsewhere-line = A remembered device was used in a new network, with a new browser version, to sign in to your { $brand } account.
email-device-elsewhere-means = That is usual after a move or an update. If you did neither, someone may have copied it.

email-new-sign-in-subject = { $brand }: new sign-in from a new device
email-new-sign-in-line = Someone signed in to your { $brand } account with a device or browser that is new to it.
email-new-sign-in-means = That is usual with a new device, in a private window, or after cookies were deleted. If it was not you, someone knows your password.

email-devices-removed-subject = { $brand }: all remembered devices were removed
email-devices-removed-line = All remembered devices were removed from your { $brand } account.
email-devices-removed-means = Every device asks for a code again at the next sign-in.

email-password-changed-subject = { $brand }: your password was changed
email-password-changed-line = The password of your { $brand } account was changed.
email-password-changed-means = All other browsers were signed out, and no device is remembered any more.

email-password-set-subject = { $brand }: support set a new password
email-password-set-line = Support set a new password for your { $brand } account.
email-password-set-means = All browsers were signed out, and no device is remembered any more.

email-app-added-subject = { $brand }: an authenticator app was added
email-app-added-line = An authenticator app was added to your { $brand } account.
email-app-added-means = From now on signing in asks for a code from the app.

email-app-replaced-subject = { $brand }: your authenticator app was replaced
email-app-replaced-line = An authenticator app took the place of another one in your { $brand } account.
email-app-replaced-means = From now on signing in asks for a code from the new app. Codes from the one before do not work any more.

email-app-removed-subject = { $brand }: your authenticator app was removed
email-app-removed-line = An authenticator app was removed from your { $brand } account.

email-phone-added-subject = { $brand }: a phone number was added
email-phone-added-line = A phone number was added to your { $brand } account.
email-phone-added-means = Codes for your account can be sent to it by text message from now on.

email-phone-replaced-subject = { $brand }: your phone number was replaced
email-phone-replaced-line = A phone number took the place of the one before in your { $brand } account.
email-phone-replaced-means = From now on codes for your account can be sent to the new number by text message, and no longer to the one before.

email-phone-removed-subject = { $brand }: your phone number was removed
email-phone-removed-line = The phone number was removed from your { $brand } account.
email-phone-removed-means = Codes are no longer sent to it.

email-recovery-created-subject = { $brand }: new recovery codes
email-recovery-created-line =
    { $count ->
        [one] A new recovery code was made for your { $brand } account.
       *[other] { $count } new recovery codes were made for your { $brand } account.
    }
email-recovery-created-means = Older recovery codes do not work any more.

email-recovery-used-subject = { $brand }: a recovery code was used
email-recovery-used-line = A recovery code was used to confirm it is you on your { $brand } account.
email-recovery-used-means =
    { $left ->
        [0] It was the last one. Make new ones in your account.
        [one] One recovery code is left. Make new ones in your account.
       *[other] { $left } recovery codes are left.
    }

email-recovery-used-replaced = A new one was shown at once and takes its place. The one that was used does not work any more.

email-factor-failed-subject = { $brand }: wrong codes after your password
email-factor-failed-line =
    { $count ->
        [one] Someone entered your right password and then a wrong code for your { $brand } account.
       *[other] Someone entered your right password and then { $count } wrong codes for your { $brand } account.
    }
email-factor-failed-means = Nobody got in. If it was not you, someone knows your password.

email-locked-subject = { $brand }: many wrong passwords
email-locked-line = Many wrong passwords were entered for your { $brand } account.
email-locked-means = Signing in has to wait until { $until } ({ $zone }). Nothing in your account has changed.
email-locked-you = Was this you? Wait until then and try again.
email-locked-not-you = Not you? You do not need to do anything.

email-signed-out-subject = { $brand }: signed out everywhere
email-signed-out-line = All browsers were signed out of your { $brand } account.
email-signed-out-means = Sign in again where you need it.

email-factors-reset-subject = { $brand }: support reset how you confirm sign-ins
email-factors-reset-line = Support removed authenticator app, phone number, recovery codes and remembered devices from your { $brand } account.

email-factors-suspended-subject = { $brand }: the password alone is enough for now
email-factors-suspended-line = Support has set your { $brand } account so that the password alone is enough to sign in.
email-factors-suspended-means = It ends by itself: { $until } ({ $zone }).

email-support-locked-subject = { $brand }: your account is locked
email-support-locked-line = Support locked your { $brand } account.
email-support-locked-means = All browsers were signed out. Signing in is not possible until support unlocks it.

email-support-unlocked-subject = { $brand }: your account is unlocked
email-support-unlocked-line = Support unlocked your { $brand } account.
email-support-unlocked-means = You can sign in again.

## The test mail

email-test-subject = { $brand }: test mail ({ $time })
email-test-line = This is a test mail of { $brand }.
email-test-means = If you can read it, mail works. Codes and notices will look like this one.

## Registration

email-register-subject = Your { $brand } registration code ({ $time })
# `$code` is spaced here: 482 915.
email-register-subject-digits = { $code } is your { $brand } registration code
email-register-title = Your code to register with { $brand }
# First line and preview. Must hold the digits, the word "code" and the purpose.
email-register-line = { $code } is your code to confirm your email address for { $brand }.
# A link follows on a line of its own.
email-register-link =
    Or open this link, on whatever device you like. It works for { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }.
email-register-who = Someone entered this address to register at { $time } ({ $zone }) with { $device }.
email-register-not-you = If it was not you, you do not need to do anything. Do not share this code with anyone - we will never ask for it.
email-exists-subject = { $brand }: you already have an account
email-exists-line = You already have an account with { $brand }.
email-exists-means = Someone entered your address to register. Nothing in your account has changed.
email-exists-not-you = Not you? Then there is nothing to do.
email-exists-you = Was this you?
# A link follows.
email-exists-sign-in = Sign in instead:
# A link follows.
email-exists-reset = Forgot your password? Choose a new one here:
email-exists-invited = Your account has no password yet. Open the link in your invitation to choose one. If you have no link that works, ask for a new invitation.
email-exists-waiting = Your registration still waits for approval. You get an email as soon as that is done.

## Links

# { $length } looks like "30 minutes".
email-link-valid = The link works for { $length }, once.

## Forgotten password

email-reset-subject = { $brand }: set a new password
email-reset-line = Someone asked to set a new password for your { $brand } account.
# A link follows on a line of its own.
email-reset-lead = To choose a new password, open this page:
email-reset-who = It was asked for at { $time } ({ $zone }) with { $device }.
email-reset-not-you = If that was not you, you do not need to do anything: your password stays as it is.

email-password-reset-subject = { $brand }: your password was set anew
email-password-reset-line = The password of your { $brand } account was set anew with a link from an email.
email-password-reset-means = All browsers were signed out, and no device is remembered any more. The second step of signing in has not changed.
# A link follows.
email-not-you-reset = Set a new password:

## Another email address

email-confirm-email-subject = { $brand }: confirm your email address
email-confirm-email-line = This address is to become the address of an account at { $brand }.
# A link follows on a line of its own.
email-confirm-email-lead = If it is yours, open this page and press the button:
email-confirm-email-who = Someone who is signed in to the account asked for it at { $time } ({ $zone }) with { $device }.
email-confirm-email-not-you = If that was not you, you do not need to do anything.
email-new-address = New address: { $address }
email-address-asked-subject = { $brand }: another email address was asked for
email-address-asked-line = Someone who is signed in to your { $brand } account asked for another email address.
email-address-asked-means = Nothing has changed yet: the new address has to be confirmed first.
email-address-changed-subject = { $brand }: your email address was changed
email-address-changed-line = The email address of your { $brand } account was changed.
email-address-away-means = From now on signing in and all emails go by the new address. All other browsers were signed out.
email-address-here-means = From now on you sign in with this address, and all emails come here. All other browsers were signed out.
# A link follows.
email-not-you-revoke = Undo the change, until { $until } ({ $zone }):
email-address-revoked-subject = { $brand }: the change of your email address was undone
email-address-revoked-line = The change of the email address of your { $brand } account was undone from the old address.
email-address-revoked-means = You sign in with this address again. All browsers were signed out, no device is remembered any more, and whatever was set up for signing in since the change was removed.
email-address-lost-means = Signing in with this address is not possible any more. All browsers were signed out.
email-address-wanted-subject = { $brand }: you already have an account
email-address-wanted-line = Someone wanted to use this address for another { $brand } account.
email-address-wanted-means = It already belongs to yours, so nothing has changed.

## Inside a session

email-misses-subject = { $brand }: wrong answers in your account
email-misses-line =
    { $count ->
        [one] In a browser that was signed in to your { $brand } account, someone gave a wrong password or code.
       *[other] In a browser that was signed in to your { $brand } account, someone gave { $count } wrong passwords or codes.
    }
email-misses-means = That browser was signed out, and nothing in your account has changed. If it was not you, someone has used a browser in which you were signed in.

## Notices: what support did

email-support-edited-subject = { $brand }: support changed your details
email-support-edited-line = Support changed details of your { $brand } account: your name, address, language or groups.
email-support-edited-means = You find them in your account under personal information.
email-support-session-subject = { $brand }: support signed a browser out
email-support-session-line = Support signed one browser out of your { $brand } account.
email-support-signed-out-subject = { $brand }: support signed you out everywhere
email-support-signed-out-line = Support signed all browsers out of your { $brand } account.
email-support-device-subject = { $brand }: support removed a remembered device
email-support-device-line = Support removed a remembered device from your { $brand } account.
email-support-device-means = It asks for a code again at the next sign-in.

## Invitation

email-invite-subject = { $brand }: you are invited
email-invite-line = An account has been made for you at { $brand }.
# The link follows.
email-invite-lead = To choose your password and sign in, open this page:
email-invite-who = You were invited at { $time } ({ $zone }).
email-invite-not-you = If you do not know what this is about, you do not need to do anything: nobody can use the account without the link.

## Registrations that wait for approval

email-waits-subject = { $brand }: your registration waits for approval
email-waits-line = You have registered with { $brand }.
email-waits-means = Before you can sign in, somebody looks at your registration. You get an email as soon as that is done.

# To the operator.
email-approve-subject = { $brand }: somebody waits for approval
email-approve-line = Somebody has registered with { $brand } and waits for your approval.
email-approve-address = Email address: { $address }
email-approve-means = Until then nobody can sign in with this account.
# { $command } is what to type: doorward user approve EMAIL
email-approve-do = To approve, run: { $command }
email-approve-refuse = To refuse, run: { $command }

email-approved-subject = { $brand }: your account is approved
email-approved-line = Your registration with { $brand } was approved.
email-approved-means = You can sign in now.
# A link follows.
email-approved-sign-in = Sign in:

email-support-deleted-subject = { $brand }: your account was deleted
email-support-deleted-line = Support deleted your { $brand } account.
email-support-deleted-means = All browsers were signed out. Signing in is not possible any more.

## Notices: what signing in asks for after a factor was removed

email-next-app = Signing in goes on asking for a code from an app.
email-next-text-message = Signing in asks for a code by text message from now on.
email-next-email = Signing in asks for a code by email from now on.
email-next-set-up = At your next sign-in you will have to set up an app again.
email-next-nothing = Your password alone is enough to sign in from now on.
