//! Letters about a registration that waits for an operator: to whoever waits, to the operator, and the
//! good news.

use super::super::letter::{Approval, ApprovalNews};
use super::notice::{Closing, News, StepLine};
use super::{RenderError, Rendered, Scene};

impl Scene<'_> {
    pub(super) fn approval(&self, approval: &Approval) -> Result<Rendered, RenderError> {
        let words = self.words;
        let news = |subject: &str, line: &str, means: &str| News {
            subject: words.say(subject),
            line: words.say(line),
            means: words.say(means),
        };
        let mut rows = vec![self.when(approval.at)];
        let mut closing = Closing::default();
        let news = match &approval.news {
            ApprovalNews::Waits => news("email-waits-subject", "email-waits-line", "email-waits-means"),
            ApprovalNews::Asked { address } => {
                rows.push(words.say_with("email-approve-address", &[("address", address.as_str().into())]));
                // A stranger chose the address: it is shown, and never part of a command to copy.
                closing.paragraphs = [
                    ("approve", "email-approve-do"),
                    ("delete", "email-approve-refuse"),
                ]
                .map(|(verb, id)| {
                    let command = format!("doorward user {verb} EMAIL");
                    words.say_with(id, &[("command", command.into())])
                })
                .to_vec();
                news(
                    "email-approve-subject",
                    "email-approve-line",
                    "email-approve-means",
                )
            }
            ApprovalNews::Granted => {
                closing.steps.push(StepLine {
                    text: words.say("email-approved-sign-in"),
                    link: Some(format!("{}/sign-in", self.pages)),
                });
                news(
                    "email-approved-subject",
                    "email-approved-line",
                    "email-approved-means",
                )
            }
        };
        self.lay_out(&news, &rows, &closing)
    }
}
