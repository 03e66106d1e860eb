//! The pages that are of no single meeting: the council, its bodies, the years, what is new, what is withheld.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value, context};
use unicode_normalization::UnicodeNormalization;

use super::facts::{self, Facts};
use super::feeds::urn;
use super::taken::Taken;
use super::{Making, SiteFailure, address};

/// How many issues the page of what is new tells of.
const NEW: usize = 100;

/// A meeting in a list.
fn row(facts: &Facts) -> Value {
    context! { facts, href => format!("{}/", address::meeting(&facts.id)) }
}

/// Gives meetings by year, the newest first.
fn by_year<'f>(facts: impl Iterator<Item = &'f Facts>) -> Vec<Value> {
    let mut years: BTreeMap<String, Vec<&Facts>> = BTreeMap::new();
    facts.for_each(|facts| years.entry(year(facts)).or_default().push(facts));
    let of_year = |(year, mut facts): (String, Vec<&Facts>)| {
        facts.sort_by(|a, b| (&b.date, &a.time, &a.id).cmp(&(&a.date, &b.time, &b.id)));
        context! { year, meetings => facts.into_iter().map(row).collect::<Vec<_>>() }
    };
    years.into_iter().rev().map(of_year).collect()
}

impl Making<'_> {
    pub(super) fn all(&self) -> impl Iterator<Item = &Facts> {
        self.meetings.values().map(|noted| &noted.facts)
    }

    pub(super) fn bodies(&self) -> BTreeSet<String> {
        self.all().map(|facts| facts.body.clone()).collect()
    }

    /// Makes all of them.
    pub(super) fn lists(&mut self) -> Result<(), SiteFailure> {
        self.removed()?;
        for body in self.bodies() {
            self.body(&body)?;
        }
        let years: BTreeSet<String> = self.all().map(year).collect();
        for year in &years {
            let meetings = by_year(self.all().filter(|facts| self::year(facts) == *year));
            let values = context! { year, years => meetings };
            self.page(&format!("years/{year}/index.html"), "year", &format!("Meetings in {year}"), Vec::new(), values)?;
        }
        let values = context! { entries => self.news(NEW, None) };
        self.page("new/index.html", "new", "What’s new", Vec::new(), values)?;
        self.by_letter()?;
        let values = context! { rows => self.withheld() };
        self.page("withheld/index.html", "withheld", "What is not public, and why", Vec::new(), values)?;
        self.page(
            "accessibility/index.html",
            "accessibility",
            "Accessibility of these pages",
            Vec::new(),
            context! {},
        )?;
        self.page(
            "404.html",
            "missing",
            "There is nothing at this address",
            Vec::new(),
            context! { taken => self.all_taken() },
        )?;
        let values = context! {
            bodies => self.bodies().iter().map(|body| self.body_row(body)).collect::<Vec<_>>(),
            years => years.iter().rev().cloned().collect::<Vec<_>>(), entries => self.news(10, None),
        };
        let title = self.council.name.clone();
        self.page("index.html", "council", &title, Vec::new(), values)
    }

    /// Makes a page for each letter with which titles of papers begin.
    fn by_letter(&mut self) -> Result<(), SiteFailure> {
        let mut letters: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
        for facts in self.all() {
            for paper in facts.papers.iter().filter(|paper| !paper.withheld && !paper.title.is_empty()) {
                let (href, body) = (format!("{}/{}/", address::meeting(&facts.id), paper.address), &facts.body_name);
                let shown = context! { title => &paper.title, href, body, date => &facts.date };
                letters.entry(letter(&paper.title)).or_default().push((paper.title.to_lowercase(), shown));
            }
        }
        let names: Vec<String> = letters.keys().cloned().collect();
        for (letter, mut papers) in letters {
            papers.sort_by(|a, b| a.0.cmp(&b.0));
            let papers: Vec<Value> = papers.into_iter().map(|(_, shown)| shown).collect();
            let values = context! { letter => &letter, letters => &names, papers };
            let title = format!("Papers A to Z: {letter}");
            self.page(&format!("a-z/{}/index.html", letter.to_lowercase()), "a-z", &title, Vec::new(), values)?;
        }
        let values = context! { letter => "", letters => names, papers => Vec::<Value>::new() };
        self.page("a-z/index.html", "a-z", "Papers A to Z", Vec::new(), values)
    }

    fn body_row(&self, body: &str) -> Value {
        let last = self.all().filter(|facts| facts.body == body).max_by_key(|facts| (&facts.date, &facts.id)).map(row);
        context! { name => self.body_name(body), href => format!("{}/", address::body(body)), last }
    }

    fn body(&mut self, body: &str) -> Result<(), SiteFailure> {
        let of_body = || self.all().filter(|facts| facts.body == body);
        let programme = of_body().flat_map(|facts| facts.papers.iter().map(move |paper| (facts, paper)));
        let programme = programme.filter(|(_, paper)| paper.kind == "work-programme" && !paper.withheld);
        let programme = programme.max_by_key(|(facts, _)| (&facts.date, &facts.id)).map(|(facts, paper)| {
            context! {
                title => &paper.title, date => &facts.date,
                href => format!("{}/{}/", address::meeting(&facts.id), paper.address),
            }
        });
        let members =
            of_body().filter(|facts| !facts.membership.is_empty()).max_by_key(|facts| (&facts.date, &facts.id));
        let members = members.map(|facts| context! { names => &facts.membership, date => &facts.date });
        let values = context! { years => by_year(of_body()), programme, members };
        let title = self.body_name(body);
        self.page(&format!("{}/index.html", address::body(body)), "body", &title, Vec::new(), values)
    }

    /// Gives the newest issues of a body, or of all, and what was taken back among them.
    pub(super) fn news(&self, most: usize, body: Option<&str>) -> Vec<Value> {
        let mut news: Vec<(String, Value)> = Vec::new();
        let is_of = |of: &str| body.is_none_or(|body| of == body);
        for facts in self.all().filter(|facts| is_of(&facts.body)) {
            for issue in &facts.issues {
                let href = format!("{}/issue-{}/", address::meeting(&facts.id), issue.number);
                news.push((issue.issued.clone(), context! { issue, facts, href }));
            }
        }
        for taken in &self.taken {
            for id in taken.meetings().filter(|id| is_of(facts::parts(id).0)) {
                let href = format!("{}/", address::meeting(id));
                let body = self.body_name(facts::parts(id).0);
                let date = facts::parts(id).1.to_owned();
                let value =
                    context! { taken => context! { when => taken.when(), reason => &taken.reason }, body, date, href };
                news.push((taken.when().to_owned(), value));
            }
        }
        news.sort_by(|a, b| b.0.cmp(&a.0));
        let told = |(when, value): (String, Value)| {
            let id = urn(&format!("{when} {}", value.get_attr("href").unwrap_or_default()));
            context! { when, id, ..value }
        };
        news.into_iter().take(most).map(told).collect()
    }

    /// Gives all items that are withheld, the newest meeting first.
    fn withheld(&self) -> Vec<Value> {
        let mut meetings: Vec<&Facts> = self.all().collect();
        meetings.sort_by(|a, b| (&b.date, &a.id).cmp(&(&a.date, &b.id)));
        let rows = meetings.into_iter().flat_map(|facts| {
            let papers = facts.papers.iter().filter(|paper| paper.withheld).map(move |paper| {
                let item = facts.items.iter().find(|item| Some(&item.number) == paper.item.as_ref());
                let href = format!("{}/{}/", address::meeting(&facts.id), paper.address);
                context! { facts, item, href, appendix => paper.address.rsplit_once("appendix-").map(|(_, of)| of) }
            });
            papers.collect::<Vec<_>>()
        });
        rows.collect()
    }

    fn all_taken(&self) -> Vec<Value> {
        self.taken.iter().map(|taken| context! { when => taken.when(), reason => &taken.reason }).collect()
    }

    /// Has the addresses of meetings that were removed say so.
    fn removed(&mut self) -> Result<(), SiteFailure> {
        let taken: Vec<Taken> = self.taken.clone();
        for stone in &taken {
            let Some((id, issues)) = stone.removed().filter(|(id, _)| !self.meetings.contains_key(*id)) else {
                continue;
            };
            let folder = address::meeting(id);
            let pages = (1..=issues).map(|number| format!("{folder}/issue-{number}/index.html"));
            for page in pages.chain([format!("{folder}/index.html")]) {
                let values = context! { removed => context! { when => stone.when(), reason => &stone.reason } };
                self.page(&page, "missing", "This meeting was taken back", Vec::new(), values)?;
            }
        }
        Ok(())
    }
}

/// Gives the letter under which a title stands, without its accent; one name for all that begin otherwise.
fn letter(title: &str) -> String {
    let first = title.nfd().find(|letter| letter.is_alphanumeric()).map(|letter| letter.to_ascii_uppercase());
    first.filter(char::is_ascii_uppercase).map_or_else(|| "Other".to_owned(), |letter| letter.to_string())
}

fn year(facts: &Facts) -> String {
    facts.date.get(..4).unwrap_or("undated").to_owned()
}
