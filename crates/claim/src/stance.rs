//! How a statement is meant: stated, told by somebody, denied, planned, failed, only thought of.

use marchland_article::Span;
use marchland_reading::{Dep, Pos, Tag};

use crate::{Stance, quote::Quotes, tree::Tree, words::Words};

/// What stands above a trigger.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Attitude {
    pub denied: bool,
    pub planned: bool,
    pub hypothetical: bool,
    /// Tried and failed.
    pub failed: bool,
    pub claimed: bool,
    /// Somebody else denies it (the speaker is who denies).
    pub denier: bool,
    /// The noun of the one who says it.
    pub speaker: Option<usize>,
}

impl Attitude {
    pub fn stance(&self) -> Stance {
        if self.denied {
            Stance::Denied
        } else if self.planned {
            Stance::Planned
        } else if self.hypothetical {
            Stance::Hypothetical
        } else if self.claimed {
            Stance::Claimed
        } else {
            Stance::Asserted
        }
    }
}

/// Reads attitudes off the arcs.
pub(crate) struct Judge<'a> {
    pub tree: &'a Tree<'a>,
    pub words: &'a Words,
    pub quotes: &'a Quotes,
}

impl Judge<'_> {
    /// The attitude to what a trigger says.
    pub fn attitude(&self, trigger: usize, presupposed: bool) -> Attitude {
        let mut a = Attitude::default();
        let mut node = trigger;
        // Set once something stands between that makes the statement a fact in itself:
        // "after they captured X, he said" is still told by him, but not planned when he plans.
        // A presupposed statement ("they tried to lift the siege") stands from the start.
        let mut barrier = presupposed;
        let mut own_clause = true;
        for _ in 0..24 {
            if !barrier {
                self.own_marks(node, trigger, own_clause, &mut a);
            } else {
                self.adverbs(node, &mut a);
            }
            let up = self.tree.head(node);
            if up == node {
                break;
            }
            self.climb(node, up, trigger, &mut barrier, &mut own_clause, &mut a);
            node = up;
        }
        self.quoted(trigger, &mut a);
        a
    }

    fn lemma_in(&self, i: usize, set: &std::collections::BTreeSet<String>) -> bool {
        set.contains(&self.tree.lemma(i))
    }

    fn adverbs(&self, node: usize, a: &mut Attitude) {
        let t = self.tree;
        for k in t.kids(node) {
            if matches!(t.dep(k), Dep::Advmod | Dep::Amod) && self.words.reportedly.contains(&t.word(k).to_lowercase())
            {
                a.claimed = true;
            }
            // "according to X".
            if matches!(t.dep(k), Dep::Prep | Dep::Advmod | Dep::Advcl) && t.word(k).eq_ignore_ascii_case("according") {
                a.claimed = true;
                if a.speaker.is_none() {
                    a.speaker = t.prep(k, &["to"]).next();
                }
            }
        }
    }

    /// Negation, modal verbs, conditions and adverbs that hang on the node itself.
    fn own_marks(&self, node: usize, trigger: usize, own_clause: bool, a: &mut Attitude) {
        let t = self.tree;
        self.adverbs(node, a);
        for k in t.kids(node) {
            let word = t.word(k).to_lowercase();
            match t.dep(k) {
                Dep::Neg if own_clause && word != "only" => {
                    // "not only from Kyiv": no negation of the verb.
                    let only = t.reading.tokens.get(k + 1).is_some()
                        && k + 1 < t.reading.tokens.len()
                        && matches!(t.word(k + 1).to_ascii_lowercase().as_str(), "only" | "just");
                    if !only {
                        a.denied = !a.denied;
                    }
                }
                Dep::Advmod
                    if own_clause
                        && (word == "never" || word == "unsuccessfully" || word == "nearly" || word == "almost") =>
                {
                    if word == "unsuccessfully" {
                        a.failed = true;
                    } else if t.is_verb(node) && word == "never" {
                        a.denied = true;
                    } else if node == trigger && t.is_verb(node) && matches!(word.as_str(), "nearly" | "almost") {
                        // "has almost encircled": not yet.
                        a.planned = true;
                    }
                }
                // "no longer holds".
                Dep::Advmod if own_clause && word == "longer" => a.denied = !a.denied,
                // "has yet to regain".
                Dep::Advmod if own_clause && word == "yet" && t.lemma(node) == "have" && node != trigger => {
                    a.planned = true
                }
                Dep::Det if word == "no" && node == trigger => a.denied = true,
                Dep::Aux if own_clause && t.tag(k) == Tag::Md => {
                    if self.words.may.contains(&word) {
                        // "could be heard", "could not" of ability in the past: still no fact.
                        a.hypothetical = true;
                    } else if self.words.will.contains(&word) {
                        a.planned = true;
                    }
                }
                Dep::Aux if own_clause && t.lemma(k) == "go" => a.planned = true,
                Dep::Mark | Dep::Advmod if self.words.if_words.contains(&word) => a.hypothetical = true,
                Dep::Amod if node == trigger => match word.as_str() {
                    "failed" | "unsuccessful" => a.failed = true,
                    "attempted" | "planned" | "imminent" | "impending" | "intended" | "expected" | "proposed"
                    | "eventual" => a.planned = true,
                    "possible" | "potential" | "likely" => a.hypothetical = true,
                    "alleged" | "reported" | "claimed" | "supposed" => a.claimed = true,
                    _ => {}
                },
                _ => {}
            }
        }
    }

    /// One step up: what the head makes of the node.
    fn climb(
        &self,
        node: usize,
        up: usize,
        trigger: usize,
        barrier: &mut bool,
        own_clause: &mut bool,
        a: &mut Attitude,
    ) {
        let t = self.tree;
        let w = self.words;
        let verb = t.is_verb(up);
        match t.dep(node) {
            Dep::Xcomp | Dep::Ccomp | Dep::Acomp | Dep::Oprd if self.lemma_in(up, &w.fail) => {
                if !*barrier {
                    a.failed = true;
                }
                *own_clause = true;
            }
            Dep::Ccomp | Dep::Parataxis | Dep::Csubj if verb && self.lemma_in(up, &w.deny) => {
                a.denied = true;
                a.denier = true;
                a.speaker = a.speaker.or_else(|| t.subject(up));
                *barrier = true;
            }
            // "X said; Y said the same": two sentences, of which the second does not tell the first.
            Dep::Ccomp | Dep::Parataxis if verb && self.semicolon(node, up) => {
                *barrier = true;
                *own_clause = false;
            }
            Dep::Ccomp | Dep::Parataxis if verb && (self.lemma_in(up, &w.say) || self.lemma_in(up, &w.think)) => {
                let order =
                    self.infinitive(node) && !t.kids(node).any(|k| matches!(t.dep(k), Dep::Nsubj | Dep::Nsubjpass));
                if order && self.lemma_in(up, &w.plan) && !*barrier {
                    a.planned = true;
                }
                if matches!(t.lemma(up).as_str(), "expect" | "predict" | "hope" | "fear" | "warn")
                    && !*barrier
                    && self.untensed(node)
                {
                    a.planned = true;
                }
                a.claimed = true;
                // "falsely claimed that": the writer says that it is not so.
                if t.kids(up).any(|k| {
                    t.dep(k) == Dep::Advmod
                        && matches!(t.word(k).to_ascii_lowercase().as_str(), "falsely" | "wrongly" | "incorrectly")
                }) {
                    a.denied = true;
                }
                a.speaker = t.subject(up).or(a.speaker);
                *barrier = true;
            }
            Dep::Ccomp | Dep::Xcomp if self.lemma_in(up, &w.prevent) => {
                if !*barrier {
                    a.denied = true;
                }
                *own_clause = true;
            }
            // "the goal was to capture".
            Dep::Xcomp if t.lemma(up) == "be" && self.infinitive(node) => {
                if !*barrier {
                    a.planned = true;
                }
                *own_clause = true;
            }
            Dep::Xcomp | Dep::Ccomp
                if verb
                    && self.lemma_in(up, &w.plan)
                    && !self.says(up)
                    && (t.dep(node) == Dep::Xcomp || self.untensed(node) || self.wills(up)) =>
            {
                if !*barrier {
                    a.planned = true;
                }
                // "vowed that they would take": somebody speaks of a plan.
                *own_clause = true;
            }
            Dep::Xcomp | Dep::Oprd if verb && (self.lemma_in(up, &w.say) || self.lemma_in(up, &w.think)) => {
                // "claimed to have captured", "was reported to have fallen".
                a.claimed = true;
                if a.speaker.is_none() && !t.passive(up) {
                    a.speaker = t.subject(up);
                }
                if self.infinitive(node) && !self.perfect(node) && self.lemma_in(up, &w.plan) && !*barrier {
                    a.planned = true;
                }
                *own_clause = true;
            }
            Dep::Xcomp | Dep::Ccomp => {
                if !*barrier
                    && !verb
                    && (self.lemma_in(up, &w.plan)
                        || matches!(
                            t.lemma(up).as_str(),
                            "likely"
                                | "possible"
                                | "eager"
                                | "keen"
                                | "poised"
                                | "determined"
                                | "hard"
                                | "difficult"
                                | "important"
                                | "necessary"
                                | "close"
                        ))
                {
                    a.planned = true;
                }
                *own_clause = true;
            }
            Dep::Advcl => {
                if self.infinitive(node) && !*barrier {
                    // Purpose; a result only after words that tell one.
                    if !self.result(node, up) {
                        a.planned = true;
                    }
                    *barrier = true;
                } else if !*barrier {
                    let mark = t
                        .kids(node)
                        .find(|&k| matches!(t.dep(k), Dep::Mark | Dep::Advmod))
                        .map(|k| t.word(k).to_lowercase());
                    // A participle shares the modal of its verb: "would advance, taking".
                    let bare = matches!(t.tag(node), Tag::Vbg) && mark.is_none();
                    // "once it is liberated": not yet.
                    if mark.as_deref().is_some_and(|m| matches!(m, "once" | "until" | "when" | "before"))
                        && t.kids(node).any(|k| {
                            matches!(t.dep(k), Dep::Aux | Dep::Auxpass) && matches!(t.tag(k), Tag::Vbz | Tag::Vbp)
                        })
                        && t.kids(up).any(|k| t.tag(k) == Tag::Md)
                    {
                        a.planned = true;
                    }
                    *own_clause = bare;
                    *barrier = !bare;
                }
            }
            Dep::Pcomp => self.after_preposition(node, up, trigger, barrier, own_clause, a),
            Dep::Acl => {
                if !*barrier && self.infinitive(node) {
                    let first = t.kids(up).any(|k| {
                        t.tag(k) == Tag::Jj
                            && matches!(
                                t.word(k).to_ascii_lowercase().as_str(),
                                "first"
                                    | "second"
                                    | "third"
                                    | "fourth"
                                    | "fifth"
                                    | "sixth"
                                    | "last"
                                    | "latest"
                                    | "next"
                                    | "only"
                            )
                    });
                    if self.lemma_in(up, &w.fail)
                        || t.kids(up).any(|k| {
                            matches!(t.word(k).to_ascii_lowercase().as_str(), "failed" | "unsuccessful" | "abortive")
                        })
                    {
                        a.failed = true;
                    } else if !first {
                        a.planned = true;
                    }
                } else if self.lemma_in(up, &w.say_noun) {
                    a.claimed = true;
                    a.speaker = a.speaker.or_else(|| t.owner(up));
                }
                if self.lemma_in(up, &w.say_noun) && !self.infinitive(node) {
                    self.noun_under(up, a);
                }
                *barrier = true;
                *own_clause = false;
            }
            Dep::Conj if verb || t.is_noun(up) => {
                if t.is_verb(node) && t.kids(node).any(|k| matches!(t.dep(k), Dep::Nsubj | Dep::Nsubjpass)) {
                    *barrier = true;
                }
                // A verb with an auxiliary of its own does not share its sister's.
                if t.is_verb(node) && t.kids(node).any(|k| matches!(t.dep(k), Dep::Aux | Dep::Auxpass)) {
                    *own_clause = false;
                }
                // "did not fight but withdrew".
                if t.kids(up)
                    .any(|k| t.dep(k) == Dep::Cc && matches!(t.word(k).to_ascii_lowercase().as_str(), "but" | "yet"))
                {
                    *own_clause = false;
                }
            }
            Dep::Relcl | Dep::Appos => {
                *barrier = true;
                *own_clause = false;
            }
            Dep::Dobj | Dep::Nsubjpass if !t.is_verb(node) && verb => {
                if !*barrier {
                    self.noun_of_verb(node, up, trigger, a);
                }
                *own_clause = matches!(
                    t.lemma(up).as_str(),
                    "make"
                        | "launch"
                        | "begin"
                        | "complete"
                        | "stage"
                        | "conduct"
                        | "have"
                        | "take"
                        | "gain"
                        | "start"
                        | "carry"
                ) || t.dep(node) == Dep::Nsubjpass;
                if node != trigger && !*own_clause {
                    *barrier = true;
                }
            }
            Dep::Nsubj if !t.is_verb(node) && verb => {
                // The subject of a verb that says whether it happened.
                *own_clause = matches!(
                    t.lemma(up).as_str(),
                    "begin" | "happen" | "occur" | "start" | "take" | "continue" | "come" | "be" | "fail" | "succeed"
                );
                if !*barrier && matches!(t.lemma(up).as_str(), "fail" | "falter" | "stall") {
                    a.failed = true;
                }
                if !*own_clause {
                    *barrier = true;
                }
            }
            // "is not in the hands of", "does not remain under the control of": the verb's negation is the state's.
            Dep::Pobj
                if node == trigger
                    && matches!(
                        t.lemma(t.head(up)).as_str(),
                        "be" | "remain" | "stay" | "fall" | "come" | "pass" | "return"
                    ) => {}
            Dep::Pobj => self.after_preposition(node, up, trigger, barrier, own_clause, a),
            Dep::Amod | Dep::Compound | Dep::Poss | Dep::Npadvmod | Dep::Nmod => {
                *barrier = true;
                *own_clause = false;
            }
            _ => {}
        }
    }

    /// Verbs whose clause is a plan in any tense: "vowed they would", "demanded that it withdraw".
    fn wills(&self, i: usize) -> bool {
        matches!(
            self.tree.lemma(i).as_str(),
            "vow"
                | "pledge"
                | "promise"
                | "order"
                | "threaten"
                | "demand"
                | "hope"
                | "swear"
                | "propose"
                | "urge"
                | "intend"
                | "plan"
                | "agree"
        )
    }

    /// A semicolon stands between a clause and the verb that it is read as hanging on.
    fn semicolon(&self, node: usize, up: usize) -> bool {
        node < up && (node..up).any(|i| self.tree.word(i) == ";")
    }

    fn says(&self, i: usize) -> bool {
        self.lemma_in(i, &self.words.say) && !matches!(self.tree.lemma(i).as_str(), "warn" | "tell")
    }

    /// What the verb above a nominal trigger makes of it: "announced the capture", "denied the fall".
    fn noun_of_verb(&self, node: usize, verb: usize, trigger: usize, a: &mut Attitude) {
        let t = self.tree;
        let w = self.words;
        if self.lemma_in(verb, &w.deny) {
            a.denied = true;
            a.denier = true;
            a.speaker = t.subject(verb);
        } else if self.lemma_in(verb, &w.say)
            && !matches!(t.lemma(verb).as_str(), "show" | "describe" | "find" | "post" | "read")
        {
            a.claimed = true;
            a.speaker = t.subject(verb);
        } else if self.lemma_in(verb, &w.prevent) {
            a.denied = true;
        } else if self.lemma_in(verb, &w.fail) {
            a.failed = true;
        } else if node == trigger
            && matches!(
                t.lemma(verb).as_str(),
                "plan"
                    | "order"
                    | "demand"
                    | "threaten"
                    | "attempt"
                    | "seek"
                    | "propose"
                    | "prepare"
                    | "want"
                    | "urge"
                    | "expect"
                    | "promise"
                    | "pledge"
                    | "consider"
                    | "negotiate"
                    | "mean"
                    | "request"
                    | "fear"
                    | "call"
                    | "discuss"
                    | "await"
                    | "need"
                    | "require"
                    | "intend"
            )
        {
            a.planned = true;
        }
    }

    fn noun_under(&self, noun: usize, a: &mut Attitude) {
        let t = self.tree;
        let up = t.head(noun);
        if up != noun && matches!(t.dep(noun), Dep::Dobj | Dep::Nsubjpass) && self.lemma_in(up, &self.words.deny) {
            a.denied = true;
            a.denier = true;
            a.speaker = t.subject(up);
        }
    }

    /// "the plan of capturing", "short of capturing", "after the capture", "aimed at the capture".
    fn after_preposition(
        &self,
        node: usize,
        prep: usize,
        trigger: usize,
        barrier: &mut bool,
        own_clause: &mut bool,
        a: &mut Attitude,
    ) {
        let t = self.tree;
        let w = self.words;
        if t.dep(prep) != Dep::Prep
            && t.dep(prep) != Dep::Agent
            && t.dep(prep) != Dep::Pcomp
            && t.dep(prep) != Dep::Mark
            && t.dep(prep) != Dep::Advmod
        {
            return;
        }
        let word = t.word(prep).to_lowercase();
        let up = t.head(prep);
        *own_clause = false;
        if *barrier {
            return;
        }
        if node != trigger && !t.is_verb(node) && !matches!(t.dep(node), Dep::Pobj | Dep::Pcomp) {
            *barrier = true;
            return;
        }
        if t.dep(node) == Dep::Pobj && node != trigger && !self.lemma_in(node, &w.plan_noun) {
            *barrier = true;
            return;
        }
        match word.as_str() {
            "without" => a.denied = true,
            "of" if matches!(t.word(up).to_ascii_lowercase().as_str(), "short" | "instead") => {
                if t.word(up).eq_ignore_ascii_case("short") { a.failed = true } else { a.denied = true }
            }
            "from" if self.lemma_in(up, &w.prevent) => a.denied = true,
            "despite" | "after" | "following" | "since" | "by" | "with" | "before" | "upon" | "during" | "while"
            | "until" | "like" | "as" => {
                *barrier = true;
            }
            _ => {
                if self.lemma_in(up, &w.fail) {
                    a.failed = true;
                } else if matches!(
                    word.as_str(),
                    "of" | "for" | "at" | "to" | "on" | "toward" | "towards" | "about" | "in"
                ) && self.lemma_in(up, &w.plan_noun)
                    && up != trigger
                {
                    let failed = t
                        .kids(up)
                        .any(|k| matches!(t.word(k).to_ascii_lowercase().as_str(), "failed" | "unsuccessful"));
                    if failed { a.failed = true } else { a.planned = true }
                } else if t.is_verb(up)
                    && matches!(word.as_str(), "at" | "for" | "to" | "on" | "of" | "toward" | "towards")
                    && matches!(
                        t.lemma(up).as_str(),
                        "aim"
                            | "call"
                            | "plan"
                            | "prepare"
                            | "push"
                            | "press"
                            | "hope"
                            | "fight"
                            | "look"
                            | "commit"
                            | "bid"
                            | "focus"
                            | "warn"
                            | "target"
                            | "wait"
                            | "ask"
                            | "appeal"
                            | "agree"
                            | "battle"
                    )
                {
                    a.planned = true;
                } else if matches!(
                    t.lemma(up).as_str(),
                    "close"
                        | "near"
                        | "closer"
                        | "verge"
                        | "brink"
                        | "point"
                        | "intent"
                        | "edge"
                        | "hope"
                        | "intention"
                ) {
                    a.planned = true;
                } else if matches!(word.as_str(), "of" | "about") && self.lemma_in(up, &w.say_noun) {
                    a.claimed = true;
                    a.speaker = a.speaker.or_else(|| t.owner(up));
                    self.noun_under(up, a);
                } else if word == "in"
                    && matches!(t.lemma(up).as_str(), "succeed" | "success" | "victory" | "result" | "successful")
                {
                    // it happened
                } else {
                    *barrier = true;
                }
            }
        }
    }

    fn infinitive(&self, v: usize) -> bool {
        self.tree.kids(v).any(|k| self.tree.dep(k) == Dep::Aux && self.tree.tag(k) == Tag::To)
    }

    fn perfect(&self, v: usize) -> bool {
        self.tree.kids(v).any(|k| self.tree.dep(k) == Dep::Aux && self.tree.lemma(k) == "have")
    }

    fn untensed(&self, v: usize) -> bool {
        self.infinitive(v) || self.tree.kids(v).any(|k| self.tree.tag(k) == Tag::Md)
    }

    /// "advanced to capture": rarely a result. "went on to capture", "returned to find": one.
    fn result(&self, node: usize, up: usize) -> bool {
        let t = self.tree;
        let particle = t.kids(up).any(|k| t.word(k).eq_ignore_ascii_case("on") && k < node);
        (t.lemma(up) == "go" && particle)
            || self.perfect(node)
            || t.kids(node).any(|k| t.word(k).eq_ignore_ascii_case("only"))
            || matches!(t.lemma(up).as_str(), "combine" | "unite")
    }

    /// Inside quotation marks: told by whoever is quoted.
    fn quoted(&self, trigger: usize, a: &mut Attitude) {
        let Some(quote) = self.quotes.around(self.tree.reading.tokens[trigger].span) else { return };
        a.claimed = true;
        if a.speaker.is_none() {
            a.speaker = self.speaker_of_quote(trigger, quote);
        }
    }

    /// The nearest verb of saying outside the quotation, in the same sentence or the one beside it.
    fn speaker_of_quote(&self, trigger: usize, quote: Span) -> Option<usize> {
        let t = self.tree;
        let reading = t.reading;
        let at = reading.sentence_of(trigger)?;
        let block = reading.sentences[at].block;
        let mut best: Option<(u32, usize)> = None;
        for s in at.saturating_sub(3)..(at + 4).min(reading.sentences.len()) {
            let sentence = &reading.sentences[s];
            if sentence.block != block && s != at {
                continue;
            }
            for i in sentence.first as usize..sentence.last as usize {
                let span = reading.tokens[i].span;
                if quote.contains(span) || !(t.is_verb(i) && self.lemma_in(i, &self.words.say)) {
                    continue;
                }
                let Some(subject) = t.subject(i).filter(|&k| t.pos(k) != Pos::Verb) else { continue };
                let far = if span.start >= quote.end {
                    span.start - quote.end
                } else {
                    quote.start.saturating_sub(span.end) + 1
                };
                if best.is_none_or(|(d, _)| far < d) {
                    best = Some((far, subject));
                }
            }
        }
        best.map(|(_, s)| s)
    }
}
