//! Answers that were given already, packed: the same question to the same ledger has the same answer. They are thrown
//! away when the ledger changes.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;

/// Bytes that are kept.
const MOST: usize = 48 << 20;

/// One answer, ready to be sent.
pub(crate) struct Kept {
    pub media: &'static str,
    /// The body: with gzip where that is worth it (a page of five thousand places takes a tenth), else as it is.
    pub body: Bytes,
    /// Whether the body is with gzip.
    pub packed: bool,
}

impl Kept {
    fn size(&self) -> usize {
        self.body.len()
    }
}

/// The answers of one state of the ledger. The map is only for look-up; the queue is the order of arrival.
#[derive(Default)]
struct Inner {
    seq: i64,
    size: usize,
    by_question: HashMap<String, Arc<Kept>>,
    order: VecDeque<String>,
}

/// Answers that were given already.
#[derive(Default)]
pub(crate) struct Answers {
    inner: Mutex<Inner>,
    /// Who asks what somebody else is just working out waits for it: one lock for each of some groups of questions.
    at_work: [Mutex<()>; 32],
}

impl Answers {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Held while a question is worked out, so that its answer is worked out once however many ask.
    pub fn work_on(&self, question: &str) -> MutexGuard<'_, ()> {
        let hash =
            question.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
        self.at_work[(hash % self.at_work.len() as u64) as usize].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer that was given to a question when the ledger stood where it stands.
    pub fn get(&self, seq: i64, question: &str) -> Option<Arc<Kept>> {
        let inner = self.lock();
        inner.by_question.get(question).filter(|_| inner.seq == seq).map(Arc::clone)
    }

    /// Keeps an answer; the oldest go when there are too many.
    pub fn put(&self, seq: i64, question: String, answer: Arc<Kept>) {
        let size = answer.size();
        if size > MOST / 8 {
            return;
        }
        let mut inner = self.lock();
        if inner.seq != seq {
            *inner = Inner { seq, ..Inner::default() };
        }
        if inner.by_question.insert(question.clone(), answer).is_some() {
            return; // somebody else asked the same meanwhile: the same answer, and its size is counted
        }
        inner.order.push_back(question);
        inner.size += size;
        while inner.size > MOST {
            let Some(oldest) = inner.order.pop_front() else { break };
            inner.size -= inner.by_question.remove(&oldest).map_or(0, |a| a.size());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: usize) -> Arc<Kept> {
        Arc::new(Kept { media: "text/plain", body: Bytes::from(vec![b'x'; bytes]), packed: false })
    }

    #[test]
    fn answers_go_with_the_state_of_the_ledger_and_when_there_are_too_many() {
        let answers = Answers::default();
        answers.put(1, "a".into(), answer(10));
        assert!(answers.get(1, "a").is_some() && answers.get(2, "a").is_none() && answers.get(1, "b").is_none());
        answers.put(2, "b".into(), answer(10));
        assert!(answers.get(1, "a").is_none() && answers.get(2, "b").is_some());
        for n in 0..20 {
            answers.put(2, format!("long {n}"), answer(MOST / 8));
        }
        assert!(answers.get(2, "b").is_none() && answers.get(2, "long 19").is_some());
        assert!(answers.lock().size <= MOST);
        answers.put(2, "huge".into(), answer(MOST));
        assert!(answers.get(2, "huge").is_none());
    }
}
