//! Sites: each public URL with its rules, its portal and the names its portal knows people by.

use std::collections::HashMap;
use std::sync::Arc;

use http::{HeaderName, HeaderValue, Method};

use super::ports::IdentityField;
use super::reserved::ReservedNames;
use super::settings::{IdentityHeaders, Place, Require, RuleSetting, SiteSetting};
use super::upstream::{Upstream, UpstreamError};
use crate::identity::account::Group;
use crate::identity::assurance::Requirement;
use crate::policy::{PathPattern, PathPatternError, RequestPath, Rule, RuleSet};
use crate::web::arrival::PublicSite;

/// Why a site cannot be served as it is configured.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A rule's path is none.
    #[error("`{path}`: {reason}")]
    Path {
        /// The path.
        path: String,
        /// Why.
        reason: PathPatternError,
        /// Where the rule stands; nowhere for `scripts`.
        place: Place,
    },
    /// A rule's method or group is none.
    #[error("`{word}` is not a {kind}")]
    Word {
        /// What was written.
        word: String,
        /// What was expected.
        kind: &'static str,
        /// Where the rule stands.
        place: Place,
    },
    /// A header's name or value is none.
    #[error("`{0}` is not a header's name, or its value cannot be sent")]
    Header(String),
    /// The portal cannot be reached as configured.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
}

/// One site, ready for requests.
pub struct Site {
    /// As people see it.
    pub public: Arc<PublicSite>,
    /// Who may go where.
    pub rules: RuleSet,
    /// The portal.
    pub upstream: Upstream,
    /// Names that are dropped from requests.
    pub reserved: ReservedNames,
    /// Host and, where it is not the usual one, port: what portals get as `Host`.
    pub authority: HeaderValue,
    scripts: Vec<PathPattern>,
    identity: [(IdentityField, HeaderName); 5],
}

impl Site {
    /// Makes a site of its settings. `prefix` is where the gateway's own pages live.
    ///
    /// # Errors
    ///
    /// The first thing that cannot be served.
    pub fn new(setting: &SiteSetting, prefix: &str) -> Result<Self, SiteError> {
        let identity = identity_names(&setting.identity_headers)?;
        let authority = setting
            .origin
            .split_once("://")
            .map_or(setting.host.as_str(), |(_, rest)| rest);
        let authority =
            HeaderValue::from_str(authority).map_err(|_| SiteError::Header(authority.to_owned()))?;
        let upstream = Upstream::new(setting)?;
        let added = upstream.added().iter().map(|(name, _)| name);
        let added = added.map(HeaderName::as_str);
        let ours = setting.identity_headers.all().into_iter().map(|(_, name)| name);
        let reserved = ReservedNames::new(ours.chain(added));
        Ok(Self {
            public: Arc::new(PublicSite {
                origin: setting.origin.clone(),
                host: setting.host.clone(),
                https: setting.secure,
                prefix: prefix.to_owned(),
                redirects_to: setting.redirects_to.clone(),
            }),
            rules: RuleSet::new(setting.access.iter().map(rule).collect::<Result<_, _>>()?),
            upstream,
            reserved,
            authority,
            scripts: setting
                .scripts
                .iter()
                .map(|text| pattern(text, Place::default()))
                .collect::<Result<_, _>>()?,
            identity,
        })
    }

    /// Whether callers of this path are always scripts.
    pub fn is_for_scripts(&self, path: &RequestPath<'_>) -> bool {
        self.scripts.iter().any(|pattern| path.fits_widely(pattern))
    }

    /// The header that carries each value about a person.
    pub const fn identity(&self) -> &[(IdentityField, HeaderName); 5] {
        &self.identity
    }

    /// `https` or `http`, as people see it.
    pub fn scheme(&self) -> HeaderValue {
        HeaderValue::from_static(if self.public.https { "https" } else { "http" })
    }
}

fn identity_names(names: &IdentityHeaders) -> Result<[(IdentityField, HeaderName); 5], SiteError> {
    let [user, email, name, groups, method] = names.all().map(|(field, name)| {
        let parsed = HeaderName::try_from(name).map_err(|_| SiteError::Header(name.to_owned()));
        parsed.map(|name| (field, name))
    });
    Ok([user?, email?, name?, groups?, method?])
}

fn pattern(text: &str, place: Place) -> Result<PathPattern, SiteError> {
    PathPattern::parse(text).map_err(|reason| SiteError::Path {
        path: text.to_owned(),
        reason,
        place,
    })
}

/// A rule of the policy, from the operator's words.
///
/// # Errors
///
/// The first word that means nothing.
pub fn rule(setting: &RuleSetting) -> Result<Rule, SiteError> {
    let word = |word: &str, kind| SiteError::Word {
        word: word.to_owned(),
        kind,
        place: setting.place,
    };
    let methods = setting
        .methods
        .iter()
        .map(|text| Method::from_bytes(text.as_bytes()).map_err(|_| word(text, "method")))
        .collect::<Result<_, _>>()?;
    let groups = setting
        .groups
        .iter()
        .map(|text| Group::parse(text).ok_or_else(|| word(text, "group")))
        .collect::<Result<_, _>>()?;
    Ok(Rule {
        path: Some(pattern(&setting.path, setting.place)?),
        methods,
        from: setting.from.clone(),
        require: match setting.require {
            Require::Nothing => Requirement::Nothing,
            Require::Password => Requirement::Password,
            Require::Refusal => Requirement::Refusal,
            Require::Mfa => Requirement::Mfa {
                groups,
                within: setting.within,
            },
        },
    })
}

/// All sites, told apart by host.
#[derive(Default)]
pub struct Sites {
    by_host: HashMap<String, Arc<Site>>,
}

impl Sites {
    /// Makes all sites.
    ///
    /// # Errors
    ///
    /// The first that cannot be served.
    pub fn new(settings: &[SiteSetting], prefix: &str) -> Result<Self, SiteError> {
        let by_host = settings
            .iter()
            .map(|setting| Ok((setting.host.clone(), Arc::new(Site::new(setting, prefix)?))))
            .collect::<Result<_, SiteError>>()?;
        Ok(Self { by_host })
    }

    /// The site of a host in canonical form.
    pub fn find(&self, host: &str) -> Option<&Arc<Site>> {
        self.by_host.get(host)
    }

    /// Every site.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Site>> {
        self.by_host.values()
    }
}
