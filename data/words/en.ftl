# Every string of the screen, in English. One file a language; a key that a language lacks is read here.
# { $n } is a number: it chooses the plural form and is written by the language's own habit.
# What stands for a link, a symbol or a name of the data comes in as { $name }; move it wherever the sentence wants it.

## Joints and measures

comma = { ", " }
sentence-end = { ". " }
day-long = { $day } { $month } { $year }
day-short = { $day } { $month } { $year }
moment = { $day }, { $time } UTC
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
percent = { $x } %
decibans = { $x } dB
kilometres = { $x } km
minutes-short = { $n } min
ago-none = on that day
ago-days-before = { $n ->
    [one] { $n } day before
   *[other] { $n } days before
  }
ago-days-later = { $n ->
    [one] { $n } day later
   *[other] { $n } days later
  }
ago-months-before = { $n ->
    [one] { $n } month before
   *[other] { $n } months before
  }
ago-months-later = { $n ->
    [one] { $n } month later
   *[other] { $n } months later
  }
ago-years-before = { $n ->
    [one] { $n } year before
   *[other] { $n } years before
  }
ago-years-later = { $n ->
    [one] { $n } year later
   *[other] { $n } years later
  }
count-articles = { $n ->
    [one] { $n } article
   *[other] { $n } articles
  }
count-claims = { $n ->
    [one] { $n } claim
   *[other] { $n } claims
  }
count-places = { $n ->
    [one] { $n } place
   *[other] { $n } places
  }
count-capitals = { $n ->
    [one] { $n } provincial capital
   *[other] { $n } provincial capitals
  }
count-judgements = { $n ->
    [one] { $n } judgement
   *[other] { $n } judgements
  }
unit-places = places
unit-capitals = provincial capitals

## Vocabulary: marks, kinds, stances, interests, verdicts

mark-held = confirmed
mark-claimed = claimed only
mark-disputed = disputed
mark-stale = stale
mark-contested = contested
mark-unknown = unknown
mark-besieged = besieged
kind-transfer = transfer
kind-holds = holds
kind-contested = contested
kind-besieged = besieged
kind-withdrawal = withdrawal
kind-repelled = repelled
stance-asserted = asserted
stance-claimed = claimed
stance-denied = denied
stance-planned = planned
stance-hypothetical = hypothetical
interest-third_party = third party
interest-self_serving = in its own interest
interest-against_interest = against its own interest
verdict-accept = accepted
verdict-reject = rejected
verdict-edit = edited
verdict-merge = merged
verdict-unsure = unsure
verdict-undo = undone
verdict-add = added
verdict-set_published = publication day set
verdict-withdraw = withdrawn
verdict-restore = restored
change-changed_hands = changed hands
change-settled = settled
change-newly_contested = newly contested
change-lapsed = lapsed
cut-navigation = navigation
cut-related-link = related link
cut-comment-furniture = comment furniture
cut-promotion = promotion
cut-title-repeated = title repeated
cut-picture-credit = picture credit
cut-picture-caption = picture caption
cut-notice = notice
cut-separator = separator
mute-not-control = is about something else than control
mute-aggregate = counts places instead of naming one
mute-not-said = is planned or hypothetical
mute-no-place = names a place that the gazetteer does not know
mute-no-actor = does not say whom it means
mute-no-day = has no day
mute-ahead = speaks of a day after the one on which it was said

## Every page

brand-title = { $title } - Marchland
skip = Skip to the content
pages = Pages
menu-map = Map
menu-review = Review
menu-read = Read
menu-feeds = Feeds
menu-articles = Articles
menu-data = Data
menu-views = Views
menu-log = Log
menu-method = Method
note = Note
notice-demo = These dispatches were composed for a demonstration.
feed-view = Changes of this view
feed-corrections = Corrections
foot = Who controls what is computed from what was said, and by whom; it is never typed in. { $how }. Boundaries: Natural Earth, drawn de jure. Towns: GeoNames (CC BY 4.0). { $api }.
foot-how = How
foot-api = API
foot-language = Language
to-map = To the map
back-to-map = ← to the map
close = Close
close-key = Close (Escape)
show = Show
unknown = unknown
none = None.
unnamed-outlet = unnamed outlet
background = background
your-name = Your name
reason = Reason
reason-empty = may be left empty
and-more = and { $n } more
as-json = As JSON

## Problems

problem = Problem
problem-title-404 = Not found
problem-title-400 = This question cannot be understood
problem-title-409 = Somebody else was quicker
problem-title-500 = This page failed
problem-page = There is no such page.
problem-file = There is no file { $name }.
problem-broke = This page broke down; the others are not touched.
problem-ledger = The ledger says: { $what }
problem-shelf = What is remembered beside the ledger could not be written: { $what }
problem-day = { $name }={ $value } is not a day like 2021-08-09.
problem-number = { $name }={ $value } is not a number.
problem-width = width={ $value } is not from 240 to 4000.
problem-word = { $name }={ $value } is none of { $known }.
problem-vocabulary = { $name }={ $value } is no word of the vocabulary.
problem-place-id = { $name }={ $value } is not a place id like 1135689 or ml:17.
problem-at = at={ $value } is not longitude, latitude and zoom, like 68.857,36.729,6.5.
problem-missing = { $name } is missing.
problem-missing-example = { $name } is missing: it is like { $example }.
problem-missing-name = Your name is missing: every judgement has an author.
problem-missing-publish = { $name } is missing: a publication day needs a day, a name and a reason.
problem-no-place = There is no place { $id } in the gazetteer.
problem-no-place-named = There is no place { $name } in the gazetteer.
problem-no-actor = { $name }={ $value } is no actor of the registry.
problem-no-article = There is no article { $id } in the ledger.
problem-no-claim = There is no claim { $id } in the ledger.
problem-no-claim-there = There is no claim { $id } in that article.
problem-no-country = There is no country { $iso }.
problem-format = { $what }
problem-draw = The picture could not be made: { $what }
problem-end-before = It cannot end on { $to } and begin on { $from }.
problem-quote = These words do not stand in the article: copy them as they are.
problem-added-before = This claim was added before, with the same words and the same sense.
problem-undo = No judgement of this claim stands: there is nothing to undo.
problem-merge = There is no other claim { $id } to merge into.
problem-text-empty = The text is empty, and no address is given.
problem-read = { $what }
problem-desk = Reading it broke down: { $what }
problem-address = { $url } is not an address that begins with http:// or https://.
problem-fetch = { $url } could not be read: { $why }.
problem-minutes = minutes={ $value } is not a number from { $least } to { $most }.
problem-feed-unknown = The feed { $url } is not watched.
problem-feed-twice = This feed is watched already.
problem-feeds-many = { $n } feeds are watched already: stop one first.
problem-view-address = { $address } is not the address of a view.
problem-view-long = The name is longer than { $n } characters.
problem-view-twice = There is a view named { $name } already: choose another name.
problem-views-many = { $n } views are saved already: remove one first.
problem-no-reading = There is no reading { $id }: it was read before the server was started again, or long ago.

## The map page

map = Map
map-tab = { $country }, { $day }
map-move = Zoom and move
map-drawn = Drawn map
map-unmovable = This browser cannot move the map
map-title-capitals = { $country }: who holds the provincial capitals
map-title-places = { $country }: who holds what
map-counts-of = Counts of { $day }:
map-on-known = on { $on }, as known by { $known }
map-on = on { $on }, by all that is known
map-province = { $name } (province): { $state }
map-source = Computed by Marchland from { $articles }.
map-boundaries = Boundaries: Natural Earth, de jure. Towns: GeoNames (CC BY 4.0).
map-by-law = Drawn by law, not by the source: { $names }.
legend-party = { $party }, { $mark } ({ $n })
legend-contested = Contested ({ $n })
legend-unknown = Unknown ({ $n })
legend-besieged = Ring: besieged, in the besieger's colour ({ $n })
state-holder = { $party }, { $mark }
state-since = { $state }, since { $day }
state-besieged = { $state }; besieged by { $party }
state-part = { $state }; { $part }: { $party }
place-state = { $place }: { $state }
nothing-title = Nothing is known yet
nothing-tab = Nothing yet
nothing-holds = { $n ->
    [0] The ledger holds no articles and no claim about who holds a place.
    [one] The ledger holds one article and no claim about who holds a place.
   *[other] The ledger holds { $n } articles and no claim about who holds a place.
  }
nothing-do = Add articles with { $command }, or { $read }; then load this page again.
nothing-read = paste one
nothing-mute = { $n ->
    [one] { $n } claim has no say: it { $why }.
   *[other] { $n } claims have no say: each { $why }.
  }
answer-party = { $party } { $held }
answer-contested = { $n } contested
answer-unknown = { $n } unknown
answer-of-capitals = { $part } of { $total } { $n ->
    [one] provincial capital
   *[other] provincial capitals
  }
answer-of-places = { $part } of { $total } { $n ->
    [one] place
   *[other] places
  }
answer-none = Nothing to show
answer-reported = { $answer }, as reported by { $known }
answer-on-reported = { $answer }, on { $on }, as reported by { $known }
second-claimed = { $n } claimed only by the winner
second-besieged = { $n } besieged
second-from = From { $articles }, { $claims }. { $method }.
what-words-mean = What the words mean
places = Places
places-of = { $count }: { $filters }
places-show-all = show all
find-name = Name or province
find = Find
col-place = Place
col-state = State
col-since = Since
col-last-told = Last told
col-reports = Reports
never = never
not-by-that-day = not by that day
holder-mark = { $holder }, { $mark }
also-besieged = { $state }, besieged
places-first = The first { $n } by name. { $all }.
places-all = All { $n }
places-next = Next { $n }
places-previous = Previous { $n }
places-range = { $from } to { $to } of { $count }, by name.
differences-title = { $n ->
    [one] From { $from } to { $to }: { $n } difference
   *[other] From { $from } to { $to }: { $n } differences
  }
differences-list = The list as { $csv }, { $json }.
col-before = Before
col-after = After
col-what = What
areas-title = Provinces spoken of
areas-note = A province is not held because its capital is: these are claims about the whole.
files-title = Take it with you
files-map = This map as { $svg }, { $png }, a { $sheet }. This view as { $formats }.
files-sheet = sheet of dates
files-filter = Filter: { $mark }
format-control-csv = control, one interval a row
format-control-wide = control, one column a day (every day from the first to the last change)
format-geojson = GeoJSON (RFC 7946), a feature per interval
format-claims-jsonl = claims, one JSON object a line, with quotes and code-point offsets
format-claims-csv = claims, one a row
format-acled-csv = events in ACLED's 31 columns, ours after them (x_)
format-hxl = events with HXL tags (OCHA's mapping of ACLED)
format-kml = KML with time spans
format-geopackage = GeoPackage, points with their intervals
format-plover = PLOVER events, JSON Lines
format-ged-csv = UCDP GED's 49 columns; events with at least one death
format-gdelt = GDELT 1.0, 58 columns without a header
format-atom = Atom feed of changes, with georss:point
format-annotations = W3C Web Annotations of the evidence, with PROV
save-as = Save this view as
save = Save
saved-views = Saved views

## Days: sliders, steps, timeline

which-day = Which day
slider-day = Day { $day }
slider-known = Known by { $day }
now = now
steps = Steps in time
step-change-back = ◀ change
step-change-on = change ▶
step-on-day = on { $day }
step-change-back-title = Previous change (P)
step-change-on-title = Next change (N)
step-day-back = −1 day
step-day-on = +1 day
step-day-back-title = One day back
step-day-on-title = One day on
type-day = Type a day
go = Go
play = ▶ Play
stop = ■ Stop
speed = Days a second
speed-days = { $n ->
    [one] { $n } day a second
   *[other] { $n } days a second
  }
more-known-by = { $country } · { $unit } · known by { $day } · compare, choose a window, a country
more-all = { $country } · { $unit } · by all that is known · compare, choose a window, a country
exact-on = On
exact-known = Known by
exact-compare = Compare with
exact-from = Window from
exact-to = to
exact-country = Country
exact-country-option = { $country } ({ $n })
exact-places = Places
exact-lanes = Lanes
exact-names = Names
names-both = Latin and local
names-latin = Latin
names-local = local
names-none = none
set-auto = chosen by the data
set-capitals = provincial capitals
set-all = all reported
lanes-places = by place
lanes-actors = by party
timeline = Timeline
timeline-title = Day by day
timeline-places = A lane for each place, by the day of change; pale: not confirmed. { $other }. Click a day to go there{ $drag }.
timeline-actors = A lane for each party: how many places it holds. { $other }. Click a day to go there{ $drag }.
timeline-lane-party = A lane for each party
timeline-lane-place = A lane for each place
timeline-drag = ; drag over days to look at them alone
timeline-all = All days
timeline-cut = Of the { $n } places most spoken of.
timeline-label = Timeline: a lane for each place or party, changes and reports a day below
timeline-changes = changes a day
timeline-reports = reports a day
timeline-contested = contested
timeline-stretch = { $place }: { $state }: { $from } to { $to }
timeline-held = { $n ->
    [one] { $party }: { $n } place on { $from }, { $last } on { $to }
   *[other] { $party }: { $n } places on { $from }, { $last } on { $to }
  }
timeline-day = { $day }: { $changes } changes, { $reports } reports

## One place

place-probability = { $state } (probability { $p })
place-on = On { $day }.
place-last = Last word { $ago }, { $reports }, { $independent } independent.
place-nobody = Nobody has spoken of it.
count-reports = { $n ->
    [one] { $n } report
   *[other] { $n } reports
  }
why = Why
col-reason = Reason
col-for-against = For or against
decibans-short = dB
decibans-title = decibans: ten times the logarithm of the odds; 10 is ten to one
together = Together, for the answer
reason-prior = Where the calculation starts
reason-drift = What the passing of days did
reason-report = A report
reason-told = { $outlet }, { $manner }
reason-told-day = { $outlet }, { $manner }, for { $day }
reason-speaks-for = → { $party }
reason-speaks-contested = → contested
its-states = Its states ({ $n })
history-row = { $day }: { $symbol } { $state } ({ $p })
claims-more = The first { $n } are shown; all of them: { $json }.
claim-says = { $claim }, { $days }.
claim-source = { $manner }. { $outlet }, { $clocks }. Rule { $rule }, confidence { $p }.
claim-judged = Judged: { $verdict }.

## A claim in words

claim-unknown-party = an unknown party
claim-part = { $place } ({ $part })
claim-aggregate = { $who }: { $count } { $unit }
claim-aggregate-of = { $who }: { $count } of { $of } { $unit }
claim-transfer = { $who } took { $place }
claim-transfer-from = { $who } took { $place } from { $other }
claim-holds = { $who } held { $place }
claim-contested = { $place } was contested
claim-besieged = { $who } besieged { $place }
claim-withdrawal = { $who } left { $place }
claim-repelled = { $who } kept { $place } against an attack
claim-repelled-by = { $who } kept { $place } against an attack by { $other }
claim-event = { $event }: { $place }
claim-something = Something at { $place }
manner-asserted = stated by { $who }
manner-claimed = claimed by { $who }
manner-denied = denied by { $who }
manner-planned = planned by { $who }
manner-hypothetical = supposed by { $who }
who-writer = the writer
who-self_serving = { $name } (in the speaker's own interest)
who-against_interest = { $name } (against the speaker's own interest)
who-third_party = { $name } (by a third party)
who-role = { $name }, { $role }
days-none = on a day that cannot be told
days-on = on { $from }
days-from-to = from { $from } to { $to }
days-from = from { $from } on
days-until = until { $to }
days-inferred = { $days } (from the publication day)
clocks = published { $day }, read { $moment }
clocks-undated = publication day unknown, read { $moment }
published-given = { $day } (given)
published-read = { $day } (read from the page: { $from })
published-unknown = unknown: nobody said, and the page does not

## An article

article-withdrawn = This article was withdrawn: its claims do not count.
fact-outlet = Outlet
fact-published = Published
fact-read = Read
fact-address = Address
fact-digest = Digest
fact-coded-by = Coded by
address-none = not given
article-undated = Without a publication day most claims of this article have no day. Set it here, with a reason that is kept; or where the article is read: { $command }.
set-day = Set the publication day
set-day-button = Set the day
published-on = Published on
reason-how = how you know
article-text = Text
article-claim-source = { $manner }. Rule { $rule }, confidence { $p }.
on-the-map = { $place } on the map
place-sure = (place { $p } sure)
article-nothing = Nothing in it says who holds a place.
cut = Cut
cut-nothing = Nothing was cut.
cut-count = { $n ->
    [one] { $n } stretch is no news; it stays in the text, greyed, with the reason, and is not read.
   *[other] { $n } stretches are no news; they stay in the text, greyed, with the reason, and are not read.
  }
cut-reason = cut: { $reason }
article-long = The article is long ({ $size } KiB): only the part about the chosen sentence is shown. The whole is in the JSON.
invisible-character = invisible character
control-character = control character
article-tab = { $title } ({ $day })
add-title = Add a claim that was missed
add-how = Select the sentence in the text, or copy it here as it stands.
add-sentence = Sentence
field-place = Place
field-kind = Kind
field-holder = Holder
field-other = Other side
field-from = From
field-to = to
field-stance = Stance
field-speaker = Said by
field-interest = Interest
name-or-id = name or id
speaker-empty = the writer, if empty
add-button = Add the claim

## Articles

articles = Articles
articles-title = { $articles }, { $claims }, { $places }
articles-span = Published from { $from } to { $to }.
articles-runs = { $n ->
    [one] { $judgements }, { $n } run of the coder.
   *[other] { $judgements }, { $n } runs of the coder.
  }
articles-mute = { $n ->
    [one] { $n } control claim has no say in the map
   *[other] { $n } control claims have no say in the map
  }
mute-row = { $n }: the claim { $why }
filter-from = From
filter-to = To
filter-outlet = Outlet
filter-undated = without a day
col-published = Published
col-outlet = Outlet
col-article = Article
col-read = Read
withdrawn = withdrawn
articles-none = No article fits.
more = More
articles-days = { $n ->
    [one] { $n } day between the first and the last.
   *[other] { $n } days between the first and the last.
  }

## Review

review = Review
review-title = { $n ->
    [one] Review: { $n } claim waits
   *[other] Review: { $n } claims wait
  }
review-title-cut = Review: { $n } claims wait (the first { $n })
review-order = Ordered by what would change the map of { $day } most. Every judgement is kept, with author and reason, in the { $log }.
the-log = log
review-last = Last: { $author }: { $verdict }. { $button }
undo-key = Undo (Z)
review-previous = ◀ previous (K)
review-next = next (J) ▶
review-keys = Keys (?)
key-j = next claim
key-k = previous claim
key-a = accept: in the text, and coded rightly
key-r = reject: not in the text, or no claim
key-e = edit
key-m = merge into another claim
key-u = unsure: not enough information is a full answer
key-z = undo the last judgement
key-help = this help
queue = Queue
queue-chance = chance that judging it changes the state
review-nothing = Nothing waits. { $map }
review-says = { $days }, { $manner }.
review-source = { $outlet }, { $clocks }. Rule { $rule }, confidence { $p }, place { $q } sure.
accept-key = Accept (A)
reject-key = Reject (R)
unsure-key = Unsure (U)
edit-key = Edit (E)
merge-key = Merge (M)
edit-save = Save the edit
edit-another = Another
edit-place-map = Where it may be
merge-none = No other claim speaks of this place.
merge-no-place = Its place is not known: there is nothing to compare it with.
merge-same = It tells the same incident as
merge-option = { $claim }, { $days } · { $outlet }
merge-button = Merge
conflict-title = Somebody judged this claim while you looked at it
conflict-tab = Judged meanwhile
said = { $author }: { $verdict }
said-because = { $author }: { $verdict }: { $reason }
conflict-yours = Yours is not stored yet: { $verdict }.
conflict-yours-because = Yours is not stored yet: { $verdict }, because { $reason }.
conflict-store = Store mine as well; it comes after theirs
conflict-leave = Leave it as they said
edit-field-place = place
edit-field-holder = holder
edit-field-other = other side
edit-field-from = from
edit-field-to = to
edit-field-kind = kind
edit-field-stance = stance
edit-no-place = no place
edit-nobody = nobody
edit-open = open
edit-change = { $field }: { $old } → { $new }

## Reading

read = Read
read-title = Read an article
read-how = Paste a text or a page, drop files into the field, or give an address. What is found is shown first; nothing is kept until you say so.
read-text = Text, HTML or JSON Lines
read-field-title = Title
read-field-outlet = Outlet
read-field-url = Address
read-field-published = Published
read-address-note = Without a text, the page at the address is asked for, now and once. To be told of what comes, watch a { $feed }.
a-feed = feed
read-show = Show what is in it
read-keep = Keep it
found-title = Found, not yet kept
found-tab = Found
found-published = Published: { $published }.
found-broke = Reading it broke down: { $why }
found-claim = { $claim }, { $days }, { $manner }.
found-text = The text
progress-title = { $n ->
    [one] Reading { $n } article
   *[other] Reading { $n } articles
  }
progress-done-title = { $n ->
    [one] { $n } article is read
   *[other] { $n } articles are read
  }
progress-tab = Reading
progress-count = { $done } of { $n } done.
progress-wait = This page looks again by itself; you may leave it and come back.
progress-article = Article
progress-state = State
progress-found = Found
progress-waits = waits
progress-reads = is being read
progress-read = read
progress-kept = kept
progress-failed = could not be read: { $why }
progress-keep-all = Keep them all

## Feeds

feeds = Feeds
feeds-title = { $n ->
    [one] { $n } watched feed
   *[other] { $n } watched feeds
  }
feeds-title-failing = { $feeds }, { $n } failing
feeds-note = No address is asked but those named here and the articles that they name. A host is asked whether anything has changed since the last time; one that fails is asked ever more rarely, and once a day at least.
col-feed = Feed
col-every = Every
col-feed-state = State
col-last-answer = Last answer
col-next-look = Next look
col-articles = Articles
col-do = What to do
feed-added = added by { $author }
feed-added-conditional = added by { $author }, asked conditionally
feed-first = waits for its first look
feed-in-a-row = { $n ->
    [one] { $state } ({ $n } time in a row)
   *[other] { $state } ({ $n } times in a row)
  }
not-yet = not yet
feed-look-now = Look now
feed-look-now-at = Look now at { $url }
feed-stop = Stop
feed-stop-watching = Stop watching { $url }
watch-title = Watch a feed
watch-address = Address (RSS or Atom)
watch-every = Every { $field } minutes
watch-button = Watch
watch-note = What is found goes into the ledger at once, and from there into the { $review }. A page or a feed that you want to look at first: { $read }.
the-review = review
read-it = read it
feed-not-changed = not changed
feed-host-answers = the host answers { $status }
feed-no-feed = what comes back is no feed (RSS or Atom)
feed-took = { $items } articles in it, { $taken } new
feed-took-failed = { $items } articles in it, { $taken } new, { $failed } could not be read
feed-took-left = { $items } articles in it, { $taken } new, { $left } wait for the next look
feed-took-failed-left = { $items } articles in it, { $taken } new, { $failed } could not be read, { $left } wait for the next look
fetch-private = { $host } is a host of a private network: not asked
fetch-sent-private = sent on to { $to }, a host of a private network: not followed
fetch-sent-nowhere = sent on to { $to }, which is no address
fetch-sent-often = sent on more than { $n } times
fetch-failed = { $what }

## Saved views

views = Views
views-title = { $n ->
    [one] { $n } saved view
   *[other] { $n } saved views
  }
views-note = Day, filters, chosen place, compared day: the whole of a view is in its address, and an address is what is saved. Save one at the foot of the map page.
col-view = View
col-saved-by = Saved by
col-on = On
col-as-feed = As a feed
view-remove = Remove
view-remove-named = Remove { $name }

## The state of the data

data = Data
data-title = State of the data
data-articles = Articles
data-span = { $articles }, published from { $from } to { $to }
data-last-read = Last read
data-nothing = nothing yet
data-claims = Claims
data-claims-on = { $claims } on { $places }; { $judgements } in the { $log }
data-undated = Without publication day
data-dayless = Without a day
data-control-claims = { $n ->
    [one] { $n } claim on control
   *[other] { $n } claims on control
  }
data-placeless = Without a known place
data-names = { $n ->
    [one] { $claims }, { $n } name
   *[other] { $claims }, { $n } names
  }
data-nowhere = Places without a position
data-read-by = Read by
data-entry = Entry of the log
data-mute = Claims on control that have no say in the map
data-names-title = Names that no place was found for
data-names-note = Their claims are kept and count for nothing until somebody says in the { $review } which place is meant, or the gazetteer learns the name.
data-name-row = { $name } ({ $n }): { $claim }
data-dayless-title = Claims whose day cannot be told
data-dayless-note = Most of these are in articles without a publication day: { $set }.
data-set-it = set it
data-nowhere-note = They are counted and listed, and are on no map.
data-nowhere-row = { $n ->
    [one] { $name } ({ $n } claim)
   *[other] { $name } ({ $n } claims)
  }
data-outlets = Claims on control by outlet
data-unnamed = unnamed
col-claims = Claims

## The log

log = Log
log-note = Everything that was added, read again or judged, with who and why. Nothing is ever removed. { $feed }.
log-feed = Corrections as a feed
log-article = { $moment } Article { $name }
log-coded = { $moment } Coded { $name }: { $claims }, by { $coder }
log-coded-changed = { $moment } Coded { $name }: { $claims } ({ $gained } new or changed, { $lost } gone), by { $coder }
log-judged = { $moment } { $what }
log-of-claim = { $author }: { $verdict } “{ $claim }”
log-of-lost-claim = { $author }: { $verdict } a claim
log-of-article = { $author }: { $verdict } { $article }
log-an-article = an article
log-published = { $author }: publication day of { $article } set to { $day }
log-because = { $what }: { $reason }
log-earlier = Earlier

## The feed of corrections

corrections = Corrections
correction-title = { $verdict }: { $what }
correction-article = article { $id }
correction-published = published on { $day }

## Method

method = Method
method-intro = Marchland reads news and keeps what each article says about who holds which place, since when and according to whom. It stores claims, never states: who controls what is computed anew from the claims for any day, and as anybody could have known it by any day.
method-symbols = What the symbols say
method-party = Party
method-held = One party holds it, told by somebody who gains nothing by it or loses by it.
method-claimed = Only the party that gains says so.
method-disputed = One party most likely holds it, but an opposing statement stands.
method-stale = Held when last heard of; nobody has spoken of it for a long time.
method-contested = Being fought over, or the evidence is balanced.
method-unknown = Nobody spoke of it, or not enough. Unknown is an answer; no colour is guessed.
method-besieged = Surrounded; the ring has the besieger's colour. The holder inside keeps the place.
method-colour = Colour and shape say who, the filling says how sure, the letter says it in print and to those who see colours otherwise.
method-clocks = Two clocks
method-clocks-text = { $on } is when it was so in the world. { $known } is when it was printed: with both, the map shows what could have been known of a day at any later day.
method-weighs = How a claim weighs
method-weighs-1 = By interest, not by brand. “We withdrew” is the strongest evidence there is; a party's own claim of success, or its denial of a loss, the weakest.
method-weighs-2 = What is planned, ordered, attempted or supposed is no evidence of who holds a place.
method-weighs-3 = News are copies: what is printed ten times has one vote.
method-weighs-4 = A town changes hands rarely (about once in a thousand place-days), so a single report on a quiet town must be good to be believed.
method-weighs-5 = Each reason is shown with its weight in decibans: ten times the decimal logarithm of the odds. 10 means ten to one. They add up to the answer.
method-limits = What it does not know
method-limits-1 = A city is drawn as a point. Where a claim speaks of a part (“the airport”), the part is named beside it.
method-limits-2 = A province is not held because its capital is: provinces are tinted only where a claim speaks of the province.
method-limits-3 = An article without a publication day yields claims without a day. The day is never invented.
method-limits-4 = Borders are drawn de jure, with Crimea and Sevastopol in Ukraine (UN General Assembly resolution 68/262); who holds a place in fact is what the colours say.
