//! The headers of every answer that the gateway gives by itself, pages and refusals alike.

/// A header's name and value.
pub type Header = (&'static str, &'static str);

/// What a page of ours may load and do (CSP level 3): its own style, script and pictures, and forms
/// to itself.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// On every answer of ours, whatever its status and type.
pub const EVERYWHERE: [Header; 7] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-frame-options", "DENY"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), \
         clipboard-read=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), geolocation=(), \
         gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), \
         picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), screen-wake-lock=(), \
         serial=(), storage-access=(), usb=(), web-share=(), window-management=(), xr-spatial-tracking=()",
    ),
];

/// On answers over https (RFC 6797).
pub const STRICT_TRANSPORT_SECURITY: Header = ("strict-transport-security", "max-age=31536000");

/// On everything but assets.
pub const NO_STORE: Header = ("cache-control", "no-store");

/// The policy for pages of a site whose portal redirects to other origins after a form of ours: browsers
/// apply `form-action` to the whole chain of redirects.
pub fn content_security_policy(redirects_to: &[String]) -> String {
    if redirects_to.is_empty() {
        return CONTENT_SECURITY_POLICY.to_owned();
    }
    CONTENT_SECURITY_POLICY.replace(
        "form-action 'self'",
        &format!("form-action 'self' {}", redirects_to.join(" ")),
    )
}
