//! Releases: a paper that was withheld, published with its page numbers.

use super::issue::Issued;
use super::{Failure, Next, Refused, Report, Session, plain_order, told_to_everybody};
use crate::finding::{Finding, did_you_mean};
use crate::issue::gate::{Acceptance, Reading, Terms, Told};
use crate::issue::manifest::{Kind, Manifest};
use crate::issue::prepare::Order;
use crate::issue::proof::signing::PrivateKey;
use crate::issue::released;
use crate::issue::time::Time;

/// What is to be released.
pub(crate) struct ReleaseOrder<'a> {
    /// Id of the meeting.
    pub(crate) meeting: &'a str,
    /// The paper, by its file or the end of its path.
    pub(crate) paper: &'a str,
    /// Why, for everybody.
    pub(crate) reason: &'a str,
    /// What of the findings in its way is accepted.
    pub(crate) accepted: &'a [Acceptance],
    /// Whoever releases it.
    pub(crate) by: &'a str,
    /// The council's private key, where it signs.
    pub(crate) key: Option<&'a PrivateKey>,
    /// The time of the issue.
    pub(crate) time: &'a Time,
}

impl Session {
    /// Makes the issue that publishes a withheld paper, and gives it with the paper.
    pub(crate) fn release(&self, order: &ReleaseOrder) -> Result<(Issued, String), Refused> {
        let (shelf, meeting) = (&self.shelf, order.meeting);
        let number = shelf.number(meeting, None)?;
        let last = shelf.last(meeting)?.unwrap_or_default();
        if number > 1 {
            let before = shelf.manifest_of(meeting, number - 1)?;
            let paper = order.paper_in(&before).ok().filter(|paper| !before.released().contains(*paper));
            if let Some(paper) = paper.filter(|paper| last.manifest.was_ordered_by(&order.order(paper))) {
                let files = shelf.packs(meeting, number)?;
                return Ok((Issued { meeting: meeting.to_owned(), number, files, news: None }, paper.to_owned()));
            }
        }
        let paper = order.paper_in(&last.manifest)?;
        order.time.follows(&last.manifest)?;
        self.guarded()?;
        let wanted = order.order(paper);
        let secrets = self.project.secrets();
        told_to_everybody("--reason", order.reason, &secrets.beyond(&wanted.release))?;
        let next = self.next(&last, &wanted, secrets, |_: &Finding| true)?;
        let (told, report) = order.past_the_gate(&next, paper)?;
        let number = self.keep_next(&next, &told, order.by, order.key)?;
        let files = next.made.beside_the_archive();
        let issued = Issued { meeting: meeting.to_owned(), number, files, news: Some(next.made.news(report)) };
        Ok((issued, paper.to_owned()))
    }
}

impl<'a> ReleaseOrder<'a> {
    /// Gives the one withheld paper of an issue that is meant.
    fn paper_in<'m>(&self, issue: &'m Manifest) -> Result<&'m str, Failure> {
        let papers: Vec<&str> = issue.reviews.iter().map(|review| review.paper.as_str()).collect();
        let found: Vec<&str> = papers.iter().copied().filter(|paper| paper.ends_with(self.paper)).collect();
        if let [paper] = found[..] {
            return Ok(paper);
        }
        let help = did_you_mean(self.paper, papers.iter().copied())
            .unwrap_or_else(|| format!("the papers withheld are: {}", papers.join(", ")));
        let many = if found.is_empty() { "no withheld paper" } else { "more than one withheld paper" };
        let message = format!("issue {} of `{}` has {many} `{}`", issue.issue, self.meeting, self.paper);
        Err(Failure::asked(message).hint(help))
    }

    fn order(&self, paper: &str) -> Order<'a> {
        Order {
            reason: Some(self.reason),
            release: [paper.to_owned()].into(),
            ..plain_order(self.meeting, Kind::Release, self.time)
        }
    }

    /// Gives what was found in the paper and is accepted; what is not stands in the way.
    fn past_the_gate(&self, next: &Next, paper: &str) -> Result<(Vec<Told>, Report), Refused> {
        let judged = released::at_the_gate(&next.log, &next.sources, paper);
        let reading = Reading { judged, sources: next.sources.clone(), waiting: 0 };
        let mut report = Report::of(vec![reading], Terms::default(), None).before_publication(Some(self.meeting));
        for one in self.accepted {
            report.gate.accept(one).map_err(|count| {
                let what = match count {
                    0 => "nothing of the kind stands in the way".to_owned(),
                    count => format!("it is meant for {count} findings, and each is accepted by itself"),
                };
                Failure::asked(format!("`--accept {} {}`: {what}", one.rule, one.words))
                    .hint("write the code and words of the message that only one finding has")
            })?;
        }
        if report.gate.is_open() { Ok((report.findings(), report)) } else { Err(report.into()) }
    }
}
