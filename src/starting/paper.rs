//! A new paper, and its line in the agenda.

use chrono::NaiveDate;
use serde_json::json;

use super::fill::Templates;
use super::scalar::as_markdown;
use super::{New, NewFailure, behind, held, meeting, names};
use crate::fs::has_ending;
use crate::model::Workspace;
use crate::model::agenda::{Agenda, Item};

/// What a new paper is told of.
#[derive(Debug)]
pub(crate) struct NewPaper {
    /// The word of its kind, such as `briefing-note`.
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    /// Name of its file, where it is said.
    pub(crate) file: Option<String>,
    /// Number, label or title of the item that it stands behind, where that has another title.
    pub(crate) item: Option<String>,
}

impl NewPaper {
    /// Gives its file, and the agenda that names it.
    pub(crate) fn files(
        &self,
        workspace: &Workspace,
        agenda: &Agenda,
        templates: &Templates,
        today: NaiveDate,
    ) -> Result<New, NewFailure> {
        let name = self.name()?;
        let is_programme = self.kind == "work-programme";
        let (folder, relative) = if is_programme {
            (format!("content/bodies/{}", agenda.body), format!("../{name}"))
        } else {
            (format!("content/bodies/{}", agenda.id), name.clone())
        };
        let item = self.item(workspace, agenda)?;
        let ratings: Vec<&String> = workspace.council.ratings.iter().map(|rating| &rating.id).collect();
        let body = workspace.bodies.get(&agenda.body);
        let day = agenda.when.date();
        let values = json!({
            "title": as_markdown(&self.title), "body": agenda.body, "date": day.to_string(),
            "name": body.map(|body| body.name.value.clone()), "ratings": ratings,
            "called": body.and_then(|body| body.called.as_ref()).map(|called| called.value.clone()),
            "year": meeting::municipal_year(workspace, day), "today": today.to_string(),
        });
        let text = templates.fill(self.kind, &values)?;
        let mut new = New { files: [(format!("{folder}/{name}"), text)].into(), ..New::default() };
        self.behind(workspace, agenda, item, &relative, &mut new);
        Ok(new)
    }

    /// Gives the name of the file.
    fn name(&self) -> Result<String, NewFailure> {
        let stem = match &self.file {
            Some(file) => {
                let stem =
                    if has_ending(file, &["yaml"]) { file.rsplit_once('.').map_or("", |(stem, _)| stem) } else { file };
                if !names::is_plain(stem) {
                    let help = format!("write `{}.yaml`, say: small letters, digits and hyphens", names::slug(stem));
                    return Err(NewFailure::named(format!("`{file}` cannot be the name of a paper's file"), help));
                }
                stem.to_owned()
            }
            None if self.kind == "work-programme" => "work-programme".to_owned(),
            None => names::slug(&self.title),
        };
        let is_taken = ["agenda", "minutes", "minutes-private", "body", "the", ""].contains(&stem.as_str());
        Ok(format!(
            "{}.yaml",
            if is_taken { format!("{}-{stem}", self.kind).trim_end_matches('-').to_owned() } else { stem }
        ))
    }

    /// Gives the item of the agenda that the paper is for: the one that is named, or else one of its title.
    fn item<'a>(&self, workspace: &Workspace, agenda: &'a Agenda) -> Result<Option<&'a Item>, NewFailure> {
        let meeting = held::drafted(workspace, agenda);
        let all: Vec<_> = meeting.items().map(|item| (item.number.clone(), item.title.plain(), item.place)).collect();
        let own = |place| agenda.items().map(|(item, _)| item).find(|item| item.place == place);
        let is = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        let Some(wanted) = &self.item else {
            let place = all.iter().find(|(_, title, _)| is(title, &crate::model::text::typographic(&self.title)));
            return Ok(place.and_then(|(_, _, place)| own(*place)).filter(|item| item.withdrawn.is_none()));
        };
        let label = |item: &&Item| item.label.as_ref().is_some_and(|label| is(&label.value, wanted));
        let printed = crate::model::text::typographic(wanted);
        let named = all.iter().find(|(number, title, _)| is(number, wanted) || is(title, &printed));
        let found =
            named.and_then(|(_, _, place)| own(*place)).or_else(|| agenda.items().map(|(item, _)| item).find(label));
        let list = || all.iter().map(|(number, title, _)| format!("{number} {title}")).collect::<Vec<_>>().join("; ");
        found.map(Some).ok_or_else(|| {
            NewFailure::named(format!("{} has no item `{wanted}`", agenda.id), format!("its items are: {}", list()))
        })
    }

    /// Puts the paper behind its item, unless it is there already; says what to write where that cannot be done.
    fn behind(&self, workspace: &Workspace, agenda: &Agenda, item: Option<&Item>, file: &str, new: &mut New) {
        let path = new.files.keys().next().cloned().unwrap_or_default();
        if agenda.papers().any(|paper| paper.path == path) {
            return;
        }
        let title = as_markdown(&self.title);
        let text = workspace.sources.get(agenda.place.source).map_or("", |source| source.text.as_str());
        match behind::with_paper(text, agenda, item, &title, &behind::Named::file(file)) {
            Some(grown) => {
                let what = item.map_or_else(|| self.title.clone(), |item| item.title.plain());
                new.told.push(format!("the agenda has it behind the item `{what}`"));
                new.grown = Some((agenda.path.clone(), text.to_owned(), grown));
            }
            None => new.told.push(format!(
                "add it to an item of {}: `papers: [{}]`",
                agenda.path,
                super::scalar::scalar(file)
            )),
        }
    }
}
