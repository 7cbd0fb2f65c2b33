//! The state of the arc-eager parser.

/// Stack, buffer and the arcs drawn so far.
#[derive(Debug, Default)]
pub(crate) struct State {
    length: i32,
    stack: Vec<i32>,
    /// Tokens put back from the stack; they come before the rest of the buffer.
    back: Vec<i32>,
    next: i32,
    heads: Vec<i32>,
    labels: Vec<u16>,
    /// Children that are linked, left and right of their head, in the order in which they were linked.
    left: Arcs,
    right: Arcs,
    put_back: Vec<bool>,
    starts: Vec<bool>,
}

/// Children of each head as linked lists, newest first.
#[derive(Debug, Default)]
struct Arcs {
    newest: Vec<i32>,
    older: Vec<i32>,
}

impl Arcs {
    fn reset(&mut self, length: usize) {
        self.newest.clear();
        self.newest.resize(length, -1);
        self.older.clear();
        self.older.resize(length, -1);
    }

    fn add(&mut self, head: i32, child: i32) {
        self.older[child as usize] = self.newest[head as usize];
        self.newest[head as usize] = child;
    }

    fn remove(&mut self, head: i32, child: i32) {
        let mut at = self.newest[head as usize];
        if at == child {
            self.newest[head as usize] = self.older[child as usize];
            return;
        }
        while at >= 0 {
            let older = self.older[at as usize];
            if older == child {
                self.older[at as usize] = self.older[child as usize];
                return;
            }
            at = older;
        }
    }
}

impl State {
    /// Begins a sequence of `length` tokens.
    pub(crate) fn reset(&mut self, length: usize) {
        self.length = length as i32;
        self.stack.clear();
        self.back.clear();
        self.next = 0;
        self.heads.clear();
        self.heads.resize(length, -1);
        self.labels.clear();
        self.labels.resize(length, 0);
        self.left.reset(length);
        self.right.reset(length);
        self.put_back.clear();
        self.put_back.resize(length, false);
        self.starts.clear();
        self.starts.resize(length, false);
        if let Some(first) = self.starts.first_mut() {
            *first = true;
        }
    }

    /// The token `i` below the top of the stack; -1 for none.
    pub(crate) fn s(&self, i: usize) -> i32 {
        if i < self.stack.len() { self.stack[self.stack.len() - 1 - i] } else { -1 }
    }

    /// The token `i` behind the front of the buffer; -1 for none.
    pub(crate) fn b(&self, i: usize) -> i32 {
        if i < self.back.len() {
            return self.back[self.back.len() - 1 - i];
        }
        let at = self.next + (i - self.back.len()) as i32;
        if at >= self.length { -1 } else { at }
    }

    /// The child of `head` that was linked last, on the left.
    pub(crate) fn leftmost(&self, head: i32) -> i32 {
        if head < 0 { -1 } else { self.left.newest[head as usize] }
    }

    /// The child of `head` that was linked last, on the right.
    pub(crate) fn rightmost(&self, head: i32) -> i32 {
        if head < 0 { -1 } else { self.right.newest[head as usize] }
    }

    pub(crate) fn depth(&self) -> usize {
        self.stack.len()
    }

    pub(crate) fn buffered(&self) -> i32 {
        self.length - self.next + self.back.len() as i32
    }

    pub(crate) fn is_done(&self) -> bool {
        self.stack.is_empty() && self.buffered() == 0
    }

    pub(crate) fn is_start(&self, token: i32) -> bool {
        usize::try_from(token).is_ok_and(|t| self.starts.get(t).copied().unwrap_or(false))
    }

    pub(crate) fn was_put_back(&self, token: i32) -> bool {
        usize::try_from(token).is_ok_and(|t| self.put_back[t])
    }

    pub(crate) fn push(&mut self) {
        let token = self.back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(token);
    }

    /// Takes the top off the stack; without a head it goes back to the buffer, unless it is the last one.
    pub(crate) fn reduce(&mut self) {
        let Some(top) = self.stack.pop() else { return };
        if self.heads[top as usize] < 0 && !self.stack.is_empty() {
            self.put_back[top as usize] = true;
            self.back.push(top);
        }
    }

    /// Links the top of the stack to the front of the buffer and drops it.
    pub(crate) fn link_left(&mut self, label: u16) {
        let (head, child) = (self.b(0), self.s(0));
        self.link(head, child, label);
        self.put_back[head as usize] = false;
        self.stack.pop();
    }

    /// Links the front of the buffer to the top of the stack and pushes it.
    pub(crate) fn link_right(&mut self, label: u16) {
        let (head, child) = (self.s(0), self.b(0));
        self.link(head, child, label);
        self.push();
    }

    fn link(&mut self, head: i32, child: i32, label: u16) {
        let old = self.heads[child as usize];
        if old >= 0 {
            if old > child { self.left.remove(old, child) } else { self.right.remove(old, child) }
        }
        if head > child {
            self.left.add(head, child);
        } else {
            self.right.add(head, child);
        }
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
    }

    /// Lets a sentence begin at the second token of the buffer.
    pub(crate) fn break_before_second(&mut self) {
        let token = self.b(1);
        if let Ok(token) = usize::try_from(token) {
            self.starts[token] = true;
        }
    }

    /// Heads (-1 for none) and label numbers.
    pub(crate) fn arcs(&self) -> (&[i32], &[u16]) {
        (&self.heads, &self.labels)
    }
}
