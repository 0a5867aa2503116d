# Signing in and out, codes, the trust question, and the set-up that everybody goes through.

## Sign in

sign-in-title = Sign in to { $brand }
sign-in = Sign in
sign-in-again = Sign in again
sign-in-email = Email address
password = Password
password-show = Show
password-hide = Hide
password-show-label = Show password
password-hide-label = Hide password
password-is-shown = Your password is shown
password-is-hidden = Your password is hidden
start-again = Start again with another account

notice-signed-out = You are signed out.
notice-session-ended = Your session ended. Sign in to continue.
notice-start-again = That took a little too long. Please sign in once more.
notice-too-many-wrong-codes = Too many wrong codes. Sign in again.
notice-too-many-wrong-answers = Too many wrong answers. You are signed out for your safety. Sign in again.
notice-sign-in-with-new-password = Your password was changed. Sign in with the new one.

## Code by email

code-email-title = Enter the 6-digit code from your email
# { $address } looks like a•••@example.com, { $length } like "10 minutes".
code-email-sent = We sent it to { $address }. It works for { $length }.
code-email-sent-at = Sent at { $time }.
code-email-for = The code goes to { $address }.
code-email-problems = Problems with the code?
code-email-spam = It can take a minute to arrive. Look in your spam folder, too.
code-email-again = Send a new code
another-way = Try another way
# Where no code was sent yet.
code-email-send-title = Get a code by email
code-email-send-lead = To confirm it's you, we send a 6-digit code to { $address }.
code-email-send = Send the code

notice-code-sent-again = We have sent a new code. Use the newest email.
notice-code-too-early = { $seconds ->
    [0] We have just sent a code. Please wait a little.
    [one] We sent a code { $seconds } second ago. Please wait a little.
   *[other] We sent a code { $seconds } seconds ago. Please wait a little.
}
notice-code-limit = We have sent several codes already. You can ask for another one in { $wait }. The newest code still works.
notice-mail-failed = We could not send the email just now. Please try again.
# { $from } and { $to } are the ends of a link.
notice-mail-failed-other-ways = We could not send the email just now. Try again, or { $from }try another way{ $to }.

## Code by text message

code-sms-title = Enter the 6-digit code from the text message
# { $number } looks like •••42, { $length } like "10 minutes".
code-sms-sent = We sent it to { $number }. It works for { $length }.
code-sms-for = The code goes to { $number }.
code-sms-reception = It can take a minute to arrive. Check that your phone has reception.
# Where no code was sent yet.
code-sms-send-title = Get a code by text message
code-sms-send-lead = To confirm it's you, we send a 6-digit code to { $number }.
methods-sms = Text message to { $number }
notice-sms-sent-again = We have sent a new code. Use the newest text message.
notice-sms-failed = We could not send the text message just now. Please try again.
# { $from } and { $to } are the ends of a link.
notice-sms-failed-other-ways = We could not send the text message just now. Try again, or { $from }try another way{ $to }.

## Code from the app

code-app-title = Enter the 6-digit code from your authenticator app
# { $entry } looks like "Example Portal (anna@example.com)".
code-app-lead = Open the app and look for { $entry }.
code-app-problems = I can't use my app
code-app-problems-text = Your phone is lost, broken or not with you? There may be another way.

## Recovery code

code-recovery-title = { $count ->
    [one] Enter your recovery code
   *[other] Enter one of your recovery codes
}
# A sample code follows.
recovery-hint = { $count ->
    [one] The code works once. It looks like this:
   *[other] Each code works once. It looks like this:
}
recovery-used-title = { $count ->
    [one] You used your recovery code
   *[other] You used a recovery code
}
recovery-used-left = { $left ->
    [0] None of your recovery codes are left.
    [one] { $left } code is left.
   *[other] { $left } codes are left.
}
recovery-few = { $count ->
    [one] Please create a new recovery code soon, so that you can always get in.
   *[other] Please create new recovery codes soon, so that you can always get in.
}
recovery-used-lead = Is your app lost, or do you have a new phone? Then set up the app again.
recovery-used-app = Set up my app again

## Another way

methods-title = How do you want to confirm it's you?
methods-app = Code from your authenticator app
methods-app-hint = Six digits from the app on your phone
methods-email = Code by email to { $address }
methods-email-hint = We send it as soon as you choose this
methods-recovery = { $count ->
    [one] Your recovery code
   *[other] One of your recovery codes
}
methods-recovery-hint = { $count ->
    [one] The one that you saved or printed
   *[other] From the list that you saved or printed
}
methods-none = None of these work
methods-none-text = Please ask for help. As soon as it is clear that it is you, somebody can let you in again.
methods-no-way-title = You need help to sign in

## Trust this device?

trust-title = Skip the code on this device next time?
# { $length } looks like "90 days".
trust-lead = If only you use this device, we can remember it for { $length }. You will still need your password.
trust-name = Name for this device
trust-name-hint = You will see this name in your account.
trust-yes = Yes, remember this device
trust-no = No, ask every time
trust-shared = Don't do this on a shared or public computer.
trust-limit = You have reached the largest number of remembered devices. If you say yes, we forget the oldest one: { $name }.

## Sign out

sign-out-title = Do you want to sign out?
sign-out-lead = You can sign in again at any time.
sign-out-none-title = You are not signed in
signed-out-title = You are signed out of { $brand }
signed-out-lead = See you soon. You can close this window now.
forget-lead = This device is still remembered for the code.
# Nobody is signed in, and the browser may or may not be remembered for some account.
forget-lead-maybe = This device may still be remembered, so that signing in on it asks for no code.
forget = Forget this device
notice-device-forgotten = This device is forgotten. Next time we ask for a code again.

## Set-up that everybody goes through

setup-step = Step { $number } of { $total }
setup-why-title = Make your account safer
setup-why-lead = A password can be guessed or stolen. That is why { $brand } asks for a second proof: a code that only your phone knows.
setup-why-what = You need an authenticator app, which is free, and about five minutes.
setup-why-phone = First we ask for your mobile phone number and send a code to it.
setup-why-codes = { $count ->
    [one] After that you get a recovery code, in case you lose your phone.
   *[other] After that you get recovery codes, in case you lose your phone.
}
setup-why-go = Set up now
setup-why-no-phone = I have no smartphone
setup-why-no-phone-text = That's fine. There are authenticator apps for computers, and many password managers can show the codes, too. If none of that suits you, please ask for help.
setup-why-no-phone-email = Or choose "Not now" and keep signing in with a code by email.
setup-done-title = All done
setup-done-lead = From now on you sign in with your password and a code from your app.
setup-done-finish = Finish

## Set-up that may be put off

# { $date } is a day.
setup-why-from = From { $date } you need an authenticator app to sign in to { $brand }. Until then you can do it later.
setup-why-later = Not now

## A recovery code that is replaced when used

recovery-used-fresh = Here is a new one in its place. It works from now on, once. Please save it: we cannot show it again.

## Registration

sign-in-new = New here?
register-create = Create an account
register-email-title = Create an account
register-email-lead = First we need your email address. We send a code to it, to see that it is yours.
register-code = Registration code
register-code-optional = Registration code, if you have one
register-code-hint = You got it from whoever invited you.
register-have-account = You have an account already?
register-check-sent = We sent an email to { $address }. The code in it works for { $length }.
register-check-or-link = You can also open the link in the email, on whatever device you like.
register-check-for = The email goes to { $address }.
register-check-again = Send the email again
register-other-address = Use a different address
register-link-title = Confirm your email address
register-link-lead = You have opened the link that we sent to { $address }.
register-link-go = Confirm this address
register-details-title = Your name and password
register-details-for = You will sign in with { $address }.
register-details-go = Create the account
register-method-title = How do you want to confirm sign-ins?
register-method-lead = Besides your password, we ask for a code whenever you sign in.
register-method-app = Authenticator app – safer
register-method-app-hint = An app on your phone or computer shows the code, even without reception.
register-method-email = Code by email
register-method-email-hint = We send the code to { $address }. You can set up an app at any time later.

notice-register-again = That took a little too long. Please begin once more, or open the link in the email that we sent you.
notice-register-too-many = Too many wrong codes. Please begin once more.
notice-register-mail-limit = We have sent several emails to this address already. Look for the newest one, or try again in { $wait }.
notice-register-sent-again = We have sent the email again. Use the newest one.
notice-account-made = Your account is ready. Sign in to continue.
notice-account-there = There is an account with this address already. Sign in with it.

## Forgotten password

sign-in-forgotten = Forgotten your password?
reset-title = Forgotten your password?
reset-lead = Enter your email address. We send you a link with which you can choose a new password.
reset-send = Send the link
reset-sent-title = Look in your mailbox
reset-sent-lead = If there is an account for that address, we have sent an email.
# { $length } looks like "30 minutes".
reset-sent-next = Open the link in it, on this device or on another. It works for { $length }.
reset-sent-problems = No email?
reset-sent-limit = If you have asked several times, please wait an hour. Only the newest link works.
reset-sent-another = Try another address
reset-password-title = Choose a new password
reset-password-help = To set a new password you need one of your recovery codes, and your account has none left. Please ask for help.
reset-password-consequence = All devices will be signed out. Then sign in with your new password; the second step stays as it is.
reset-password-save = Set new password
reset-done-sign-in = Your new password is set. Sign in with it now.

## Terms of Use

terms-title = Terms of Use
terms-version = Version { $version }
terms-first = Please read them once. After that you go on.
terms-changed = They have changed since you agreed to them. Please read them again.
terms-changes-title = What has changed
# The operator has taken them away while somebody was asked.
terms-gone = They do not apply any more. You can go on.
terms-agree = I agree to the Terms of Use of { $brand } (version { $version })
terms-decline = Decline and sign out
notice-terms-declined = You did not agree to the Terms of Use, so you are not signed in. You can sign in and agree at any time.
notice-link-signed-in = You are signed in on this device. To use the link from your email, sign out here, and then open the link again.

## A form that was sent after the session had ended (resume)

# Above the sign-in form.
notice-form-kept = Your session ended while you were sending a form. Sign in and you can send it then.
# { $path } is an address on the site, such as /orders/save.
resume-title = Ready to send your form to { $path }?
resume-why = You had to sign in or to enter a code first, so we kept it for you. Nothing has been sent yet.
resume-send = Send now
resume-drop = Don't send
resume-foreign-title = Your form is not here
resume-foreign-text = Somebody else's form was waiting in this browser. It has been deleted and was not sent.
resume-nothing-title = There is nothing to send
resume-nothing-text = The form was sent before, or it waited too long and has been deleted.

## Invitation

invite-title = Welcome to { $brand }
# { $address } is the account's email address.
invite-lead = An account has been made for you. You will sign in with { $address } and the password that you choose here.

## Waiting for approval

register-waiting-title = Waiting for approval
register-waiting-lead = Your account has been created. Before you can use it, somebody has to approve it.
register-waiting-next = As soon as that is done, you get an email and can sign in.
