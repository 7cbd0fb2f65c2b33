//! Walking the arcs of a [`Reading`]: who does it, to what, and what stands above it.

use marchland_reading::{Dep, Pos, Reading, Tag};

/// No walk through a tree is longer than this: hostile arcs cost nothing.
const STEPS: usize = 24;

/// The arcs of a reading, with the children of every token at hand.
pub(crate) struct Tree<'r> {
    pub reading: &'r Reading,
    pub text: &'r str,
    first: Vec<u32>,
    kids: Vec<u32>,
}

/// What follows "by" and does nothing itself: "said by telephone", "taken by force".
const MEANS: &[&str] = &[
    "telephone",
    "phone",
    "cellphone",
    "email",
    "e-mail",
    "mail",
    "letter",
    "message",
    "text",
    "radio",
    "skype",
    "satellite",
    "fax",
    "video",
    "videolink",
    "force",
    "air",
    "sea",
    "land",
    "road",
    "night",
    "day",
    "name",
];

impl<'r> Tree<'r> {
    pub fn new(reading: &'r Reading, text: &'r str) -> Self {
        let n = reading.tokens.len();
        let mut first = vec![0u32; n + 1];
        let head = |i: usize| (reading.tokens[i].head as usize).min(n.saturating_sub(1));
        for i in 0..n {
            if head(i) != i {
                first[head(i) + 1] += 1;
            }
        }
        for i in 0..n {
            first[i + 1] += first[i];
        }
        let mut next = first.clone();
        let mut kids = vec![0u32; first[n] as usize];
        for i in 0..n {
            if head(i) != i {
                kids[next[head(i)] as usize] = i as u32;
                next[head(i)] += 1;
            }
        }
        Self { reading, text, first, kids }
    }

    pub fn kids(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.kids[self.first[i] as usize..self.first[i + 1] as usize].iter().map(|&k| k as usize)
    }

    pub fn kid(&self, i: usize, dep: Dep) -> Option<usize> {
        self.kids(i).find(|&k| self.dep(k) == dep)
    }

    pub fn dep(&self, i: usize) -> Dep {
        self.reading.tokens[i].dep
    }

    pub fn tag(&self, i: usize) -> Tag {
        self.reading.tokens[i].tag
    }

    pub fn pos(&self, i: usize) -> Pos {
        self.reading.tokens[i].pos
    }

    /// The head; its own index at a root.
    pub fn head(&self, i: usize) -> usize {
        (self.reading.tokens[i].head as usize).min(self.reading.tokens.len() - 1)
    }

    pub fn word(&self, i: usize) -> &'r str {
        self.reading.tokens[i].span.of(self.text)
    }

    /// The lemma in lower case.
    pub fn lemma(&self, i: usize) -> String {
        let lemma = self.reading.lemma(i);
        if lemma.is_empty() { self.word(i).to_lowercase() } else { lemma.to_lowercase() }
    }

    pub fn is_verb(&self, i: usize) -> bool {
        matches!(self.pos(i), Pos::Verb | Pos::Aux)
    }

    pub fn is_noun(&self, i: usize) -> bool {
        matches!(self.pos(i), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num)
    }

    /// First and last token of what hangs under a token, itself included.
    pub fn reach(&self, i: usize) -> (usize, usize) {
        let (mut low, mut high) = (i, i);
        let mut open = vec![i];
        let mut steps = 0;
        while let Some(at) = open.pop() {
            steps += 1;
            if steps > 400 {
                break;
            }
            low = low.min(at);
            high = high.max(at);
            open.extend(self.kids(at).filter(|&k| k != i));
        }
        (low, high)
    }

    /// True when `below` hangs somewhere under `above`.
    pub fn under(&self, below: usize, above: usize) -> bool {
        let mut at = below;
        for _ in 0..STEPS {
            if at == above {
                return true;
            }
            if self.head(at) == at {
                return false;
            }
            at = self.head(at);
        }
        false
    }

    /// True for a verb in the passive: "was taken", "taken by", "to be taken".
    pub fn passive(&self, v: usize) -> bool {
        if self.tag(v) != Tag::Vbn && self.tag(v) != Tag::Vbd {
            return false;
        }
        if self.kids(v).any(|k| matches!(self.dep(k), Dep::Auxpass | Dep::Nsubjpass)) {
            return true;
        }
        // "assured by telephone that": an active verb with its subject.
        if self.kids(v).any(|k| self.dep(k) == Dep::Agent) && self.agent(v).is_some() {
            return !self.kids(v).any(|k| self.dep(k) == Dep::Nsubj);
        }
        if self.tag(v) == Tag::Vbd || self.kids(v).any(|k| matches!(self.dep(k), Dep::Nsubj | Dep::Aux)) {
            return false;
        }
        if self.misread(v) {
            return false;
        }
        match self.dep(v) {
            Dep::Acl | Dep::Amod => true,
            Dep::Advcl | Dep::Oprd => self.kid(v, Dep::Dobj).is_none(),
            Dep::Conj => self.head(v) != v && self.is_verb(self.head(v)) && self.passive(self.head(v)),
            _ => false,
        }
    }

    /// True for a finite verb that the parser took for a modifier of its own object:
    /// "The army captured Zliten village", "moved in and captured Zliten village".
    pub fn misread(&self, v: usize) -> bool {
        if self.dep(v) != Dep::Amod && self.dep(v) != Dep::Compound && self.dep(v) != Dep::Nmod {
            return false;
        }
        if !matches!(self.tag(v), Tag::Vbd | Tag::Vbn) || self.head(v) < v {
            return false;
        }
        self.kids(v).any(|k| self.dep(k) == Dep::Nsubj && k < v)
            || (v > 0 && self.tag(v - 1) == Tag::Cc && self.joined_verb(v).is_some())
    }

    /// For a misread verb after "and": the verb that it belongs to.
    fn joined_verb(&self, v: usize) -> Option<usize> {
        let noun = self.head(v);
        let up = self.head(noun);
        (matches!(self.dep(noun), Dep::Conj | Dep::Dobj | Dep::Appos) && up != noun && self.is_verb(up) && up < v)
            .then_some(up)
    }

    /// For a relative pronoun, the noun that it stands for; otherwise the token itself.
    pub fn antecedent(&self, i: usize) -> usize {
        if !matches!(self.tag(i), Tag::Wdt | Tag::Wp | Tag::WpS)
            && !(self.tag(i) == Tag::In && self.word(i).eq_ignore_ascii_case("that"))
        {
            return i;
        }
        let mut at = i;
        for _ in 0..STEPS {
            if self.dep(at) == Dep::Relcl {
                return self.head(at);
            }
            if self.head(at) == at {
                break;
            }
            at = self.head(at);
        }
        i
    }

    /// Who is said to act or to undergo, as grammar sees it: the subject, shared or controlled.
    pub fn surface_subject(&self, v: usize) -> Option<usize> {
        self.subject_at(v, 0)
    }

    fn subject_at(&self, v: usize, depth: usize) -> Option<usize> {
        if depth > STEPS {
            return None;
        }
        // Of two subjects the nearer one is it: "took X, the second capital to fall, a member of the council said".
        let subjects = self.kids(v).filter(|&k| matches!(self.dep(k), Dep::Nsubj | Dep::Nsubjpass));
        if let Some(s) = subjects.min_by_key(|&k| k.abs_diff(v)) {
            return Some(self.antecedent(s));
        }
        let h = self.head(v);
        if h == v {
            return None;
        }
        if self.misread(v)
            && let Some(up) = self.joined_verb(v)
        {
            return self.subject_at(up, depth + 1);
        }
        match self.dep(v) {
            // "the goal of the offensive was to capture": whose goal it is.
            Dep::Xcomp if self.lemma(h) == "be" => {
                let noun = self.kids(h).find(|&k| self.dep(k) == Dep::Nsubj)?;
                if self.is_verb(noun) { None } else { self.goal_owner(noun, depth + 1) }
            }
            Dep::Conj if self.is_verb(h) => self.subject_at(h, depth + 1),
            Dep::Conj => self.kids(h).find(|&k| self.dep(k) == Dep::Nsubj),
            Dep::Xcomp | Dep::Ccomp if self.is_verb(h) => {
                if let Some(o) = self.kid(h, Dep::Dobj) {
                    return Some(self.antecedent(o));
                }
                self.subject_at(h, depth + 1)
            }
            Dep::Xcomp | Dep::Ccomp => {
                // "able to capture", "unable to hold": the adjective's verb has the subject.
                if matches!(self.dep(h), Dep::Acomp | Dep::Oprd | Dep::Attr | Dep::Conj) {
                    self.subject_at(self.head(h), depth + 1)
                } else {
                    self.owner_at(h, depth + 1)
                }
            }
            Dep::Advcl | Dep::Parataxis | Dep::Dep if self.is_verb(h) => self.subject_at(h, depth + 1),
            Dep::Advcl => self.owner_at(h, depth + 1),
            Dep::Pcomp => {
                let up = self.head(h);
                if up == h {
                    None
                } else if self.is_verb(up) {
                    self.subject_at(up, depth + 1)
                } else if self.dep(h) == Dep::Prep && matches!(self.dep(up), Dep::Acomp | Dep::Prep) {
                    self.subject_at(self.head(up), depth + 1)
                } else {
                    self.owner_at(up, depth + 1)
                }
            }
            Dep::Acl if matches!(self.tag(v), Tag::Vbg) => Some(h),
            Dep::Acl => self.owner_at(h, depth + 1),
            Dep::Relcl => Some(h),
            Dep::Auxpass | Dep::Aux => self.subject_at(h, depth + 1),
            _ => None,
        }
    }

    /// Whose plan, attempt or offensive a noun is: "the army's attempt", "the attempt by", or the subject of its verb.
    pub fn owner(&self, noun: usize) -> Option<usize> {
        self.owner_at(noun, 0)
    }

    fn owner_at(&self, noun: usize, depth: usize) -> Option<usize> {
        if depth > STEPS {
            return None;
        }
        if let Some(p) = self.kid(noun, Dep::Poss) {
            return Some(p);
        }
        if let Some(by) = self.prep(noun, &["by"]).next() {
            return Some(by);
        }
        if let Some(m) = self.kids(noun).find(|&k| {
            matches!(self.dep(k), Dep::Amod | Dep::Compound | Dep::Nmod)
                && matches!(self.tag(k), Tag::Jj | Tag::Nnp | Tag::Nn | Tag::Nnps)
                && (self.word(k).starts_with(char::is_uppercase)
                    || ["rebel", "government", "insurgent", "army"].contains(&self.word(k)))
        }) {
            return Some(m);
        }
        let h = self.head(noun);
        if h == noun {
            return None;
        }
        match self.dep(noun) {
            Dep::Dobj | Dep::Attr | Dep::Oprd => {
                if self.is_verb(h) && self.passive(h) {
                    return self.agent(h);
                }
                self.subject_at(h, depth + 1)
            }
            Dep::Nsubjpass => self.agent(h),
            Dep::Pobj => {
                let up = self.head(h);
                if up == h {
                    None
                } else if self.is_verb(up) {
                    if self.passive(up) {
                        self.agent(up).or_else(|| self.subject_at(up, depth + 1))
                    } else {
                        self.subject_at(up, depth + 1)
                    }
                } else {
                    self.owner_at(up, depth + 1)
                }
            }
            Dep::Conj | Dep::Appos => self.owner_at(h, depth + 1),
            _ => None,
        }
    }

    /// "the army's goal", "the goal of the army", "the goal of the army's offensive".
    fn goal_owner(&self, noun: usize, depth: usize) -> Option<usize> {
        self.kid(noun, Dep::Poss).or_else(|| {
            let of = self.prep(noun, &["of"]).next();
            of.and_then(|o| self.owner_at(o, depth)).or(of)
        })
    }

    /// The doer of a passive verb.
    pub fn agent(&self, v: usize) -> Option<usize> {
        self.kids(v)
            .filter(|&k| {
                self.dep(k) == Dep::Agent || (self.dep(k) == Dep::Prep && self.word(k).eq_ignore_ascii_case("by"))
            })
            .find_map(|k| self.kid(k, Dep::Pobj))
            .filter(|&p| self.tag(p) != Tag::Vbg && !self.means(p))
    }

    /// A bare noun for how something is done: "by telephone", but not "by the force", "by rebel forces".
    fn means(&self, i: usize) -> bool {
        let described = |k| matches!(self.dep(k), Dep::Det | Dep::Amod | Dep::Compound | Dep::Poss | Dep::Nmod);
        MEANS.iter().any(|m| self.word(i).eq_ignore_ascii_case(m))
            && (self.tag(i) == Tag::Nn && !self.kids(i).any(|k| described(k) && self.word(k) != "satellite"))
    }

    /// Who does it, whatever the voice.
    pub fn subject(&self, v: usize) -> Option<usize> {
        if !self.is_verb(v) && self.tag(v) != Tag::Vbg && self.tag(v) != Tag::Vbn {
            return self.owner(v);
        }
        if self.passive(v) {
            if let Some(agent) = self.agent(v) {
                return Some(agent);
            }
            // "was captured and held by": the doer may stand with the last of the verbs.
            return self.kids(v).find(|&k| self.dep(k) == Dep::Conj).and_then(|k| self.agent(k)).or_else(|| {
                (self.dep(v) == Dep::Conj)
                    .then(|| self.head(v))
                    .filter(|&h| self.is_verb(h) && self.passive(h))
                    .and_then(|h| self.agent(h))
            });
        }
        self.surface_subject(v)
    }

    /// True for a participle with its doer, straight behind a name and a comma: "Zliten, seized by the rebels".
    fn named_before(&self, v: usize) -> bool {
        let bare = !self.kids(v).any(|k| matches!(self.dep(k), Dep::Aux | Dep::Auxpass));
        v >= 2
            && bare
            && self.agent(v).is_some()
            && self.word(v - 1) == ","
            && self.tag(v - 2) == Tag::Nnp
            && self.reading.sentence_of(v) == self.reading.sentence_of(v - 2)
    }

    /// To what it is done, whatever the voice.
    pub fn objects(&self, v: usize) -> Vec<usize> {
        if self.passive(v) {
            if let Some(s) = self.kids(v).find(|&k| self.dep(k) == Dep::Nsubjpass) {
                return vec![self.antecedent(s)];
            }
            return match self.dep(v) {
                Dep::Acl | Dep::Amod | Dep::Relcl => vec![self.head(v)],
                // "Regained ground in Zliten, seized by rebels in May": what is seized stands before the comma, though
                // the parser hung the participle on the verb.
                Dep::Advcl if self.named_before(v) => vec![v - 2],
                _ => self.surface_subject(v).into_iter().collect(),
            };
        }
        let direct: Vec<usize> =
            self.kids(v).filter(|&k| matches!(self.dep(k), Dep::Dobj)).map(|k| self.antecedent(k)).collect();
        if !direct.is_empty() {
            return direct;
        }
        if self.misread(v) {
            return vec![self.head(v)];
        }
        if self.dep(v) == Dep::Relcl && self.kids(v).any(|k| self.dep(k) == Dep::Nsubj && self.antecedent(k) == k) {
            return vec![self.head(v)];
        }
        // "stormed and captured the town": a shared object stands with the last verb.
        let mut at = v;
        for _ in 0..4 {
            let Some(next) = self.kids(at).find(|&k| {
                self.dep(k) == Dep::Conj && self.is_verb(k) && !self.kids(k).any(|s| self.dep(s) == Dep::Nsubj)
            }) else {
                break;
            };
            if let Some(o) = self.kid(next, Dep::Dobj) {
                // Only when nothing else of its own stands between.
                return if self.kids(v).any(|k| matches!(self.dep(k), Dep::Prep | Dep::Ccomp | Dep::Xcomp | Dep::Acomp))
                {
                    vec![]
                } else {
                    vec![o]
                };
            }
            at = next;
        }
        // "the town, which they planned to capture": the object of a lower verb went up.
        if matches!(self.dep(v), Dep::Xcomp | Dep::Conj) {
            let mut up = v;
            for _ in 0..4 {
                up = self.head(up);
                if self.dep(up) == Dep::Relcl {
                    let subject = self.kids(up).find(|&k| self.dep(k) == Dep::Nsubj);
                    if let Some(s) = subject
                        && self.antecedent(s) == s
                        && self.dep(v) == Dep::Xcomp
                    {
                        return vec![self.head(up)];
                    }
                    break;
                }
            }
        }
        vec![]
    }

    /// What stands after one of these prepositions under a token.
    pub fn prep<'a>(&'a self, i: usize, words: &'a [&'a str]) -> impl Iterator<Item = usize> + 'a {
        self.kids(i)
            .filter(|&k| matches!(self.dep(k), Dep::Prep | Dep::Agent | Dep::Dative | Dep::Advmod | Dep::Prt))
            .filter(move |&k| words.iter().any(|w| self.word(k).eq_ignore_ascii_case(w)))
            .flat_map(|k| {
                let mut nouns: Vec<usize> = self.kids(k).filter(|&p| self.dep(p) == Dep::Pobj).collect();
                // "not just from A, but also from B".
                for also in self
                    .kids(k)
                    .filter(|&c| self.dep(c) == Dep::Conj && self.word(c).eq_ignore_ascii_case(self.word(k)))
                {
                    nouns.extend(self.kids(also).filter(|&p| self.dep(p) == Dep::Pobj));
                }
                nouns
            })
    }

    /// The token and all that is joined to it by "and", "or", a comma.
    pub fn joined(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        let mut at = 0;
        while at < all.len() && all.len() < 64 {
            let here = all[at];
            all.extend(self.kids(here).filter(|&k| self.dep(k) == Dep::Conj));
            at += 1;
        }
        all
    }
}
