# كل نصوص الشاشة بالعربية. Every string of the screen, in Arabic.
# Digits are Latin ones: the days and numbers in the fields of the same page are written with them.
# Time runs from left to right on the slider and the timeline in every language, so arrows keep their direction there.

## Joints and measures

comma = { "، " }
sentence-end = { ". " }
day-long = { $day } { $month } { $year }
day-short = { $day } { $month } { $year }
moment = { $day }، { $time } بالتوقيت العالمي
month-1 = يناير
month-2 = فبراير
month-3 = مارس
month-4 = أبريل
month-5 = مايو
month-6 = يونيو
month-7 = يوليو
month-8 = أغسطس
month-9 = سبتمبر
month-10 = أكتوبر
month-11 = نوفمبر
month-12 = ديسمبر
month-short-1 = يناير
month-short-2 = فبراير
month-short-3 = مارس
month-short-4 = أبريل
month-short-5 = مايو
month-short-6 = يونيو
month-short-7 = يوليو
month-short-8 = أغسطس
month-short-9 = سبتمبر
month-short-10 = أكتوبر
month-short-11 = نوفمبر
month-short-12 = ديسمبر
percent = { $x }%
decibans = { $x } ديسيبان
kilometres = { $x } كم
minutes-short = { $n } د
ago-none = في ذلك اليوم
ago-days-before = { $n ->
    [one] قبل ذلك بيوم واحد
    [two] قبل ذلك بيومين
    [few] قبل ذلك بـ{ $n } أيام
   *[other] قبل ذلك بـ{ $n } يومًا
  }
ago-days-later = { $n ->
    [one] بعد ذلك بيوم واحد
    [two] بعد ذلك بيومين
    [few] بعد ذلك بـ{ $n } أيام
   *[other] بعد ذلك بـ{ $n } يومًا
  }
ago-months-before = { $n ->
    [one] قبل ذلك بشهر واحد
    [two] قبل ذلك بشهرين
    [few] قبل ذلك بـ{ $n } أشهر
   *[other] قبل ذلك بـ{ $n } شهرًا
  }
ago-months-later = { $n ->
    [one] بعد ذلك بشهر واحد
    [two] بعد ذلك بشهرين
    [few] بعد ذلك بـ{ $n } أشهر
   *[other] بعد ذلك بـ{ $n } شهرًا
  }
ago-years-before = { $n ->
    [one] قبل ذلك بسنة واحدة
    [two] قبل ذلك بسنتين
    [few] قبل ذلك بـ{ $n } سنوات
   *[other] قبل ذلك بـ{ $n } سنة
  }
ago-years-later = { $n ->
    [one] بعد ذلك بسنة واحدة
    [two] بعد ذلك بسنتين
    [few] بعد ذلك بـ{ $n } سنوات
   *[other] بعد ذلك بـ{ $n } سنة
  }
count-articles = { $n ->
    [zero] لا مقالات
    [one] مقالة واحدة
    [two] مقالتان
    [few] { $n } مقالات
   *[other] { $n } مقالة
  }
count-claims = { $n ->
    [zero] لا إفادات
    [one] إفادة واحدة
    [two] إفادتان
    [few] { $n } إفادات
   *[other] { $n } إفادة
  }
count-places = { $n ->
    [zero] لا أماكن
    [one] مكان واحد
    [two] مكانان
    [few] { $n } أماكن
    [many] { $n } مكانًا
   *[other] { $n } مكان
  }
count-capitals = { $n ->
    [zero] لا عواصم إقليمية
    [one] عاصمة إقليمية واحدة
    [two] عاصمتان إقليميتان
    [few] { $n } عواصم إقليمية
   *[other] { $n } عاصمة إقليمية
  }
count-judgements = { $n ->
    [zero] لا أحكام
    [one] حكم واحد
    [two] حكمان
    [few] { $n } أحكام
    [many] { $n } حكمًا
   *[other] { $n } حكم
  }
unit-places = أماكن
unit-capitals = عواصم إقليمية

## Vocabulary

mark-held = مؤكَّد
mark-claimed = ادعاء فقط
mark-disputed = مختلَف فيه
mark-stale = قديم
mark-contested = متنازَع عليه
mark-unknown = غير معروف
mark-besieged = محاصَر
kind-transfer = انتقال السيطرة
kind-holds = سيطرة
kind-contested = تنازع
kind-besieged = حصار
kind-withdrawal = انسحاب
kind-repelled = صد هجوم
stance-asserted = خبر
stance-claimed = ادعاء
stance-denied = نفي
stance-planned = خطة
stance-hypothetical = افتراض
interest-third_party = طرف ثالث
interest-self_serving = لمصلحته
interest-against_interest = ضد مصلحته
verdict-accept = قبول
verdict-reject = رفض
verdict-edit = تعديل
verdict-merge = دمج
verdict-unsure = غير متأكد
verdict-undo = تراجع
verdict-add = إضافة
verdict-set_published = تحديد يوم النشر
verdict-withdraw = سحب
verdict-restore = استعادة
change-changed_hands = انتقلت السيطرة
change-settled = حُسم الأمر
change-newly_contested = تنازع جديد
change-lapsed = لم يعد معروفًا
cut-navigation = قائمة تصفح
cut-related-link = رابط ذو صلة
cut-comment-furniture = ملحقات التعليقات
cut-promotion = ترويج
cut-title-repeated = عنوان مكرر
cut-picture-credit = مصدر الصورة
cut-picture-caption = شرح الصورة
cut-notice = إشعار
cut-separator = فاصل
mute-not-control = تتحدث عن غير السيطرة
mute-aggregate = تعدّ أماكن ولا تسمي واحدًا
mute-not-said = خطة أو افتراض
mute-no-place = تسمي مكانًا لا يعرفه المعجم الجغرافي
mute-no-actor = لا تقول مَن المقصود
mute-no-day = ليس لها يوم
mute-ahead = تتحدث عن يوم بعد يوم قولها

## Every page

brand-title = { $title } - Marchland
skip = انتقل إلى المحتوى
pages = الصفحات
menu-map = الخريطة
menu-review = المراجعة
menu-read = القراءة
menu-feeds = الموجزات
menu-articles = المقالات
menu-data = البيانات
menu-views = المشاهد
menu-log = السجل
menu-method = المنهج
note = ملاحظة
notice-demo = كُتبت هذه التقارير للعرض فقط.
feed-view = تغيرات هذا المشهد
feed-corrections = التصحيحات
foot = تُحسب السيطرة مما قيل وممن قاله، ولا تُكتب باليد أبدًا. { $how }. الحدود: Natural Earth، مرسومة بحكم القانون. المدن: GeoNames (CC BY 4.0). { $api }.
foot-how = كيف
foot-api = الواجهة البرمجية
foot-language = اللغة
to-map = إلى الخريطة
back-to-map = → إلى الخريطة
close = إغلاق
close-key = إغلاق (Escape)
show = اعرض
unknown = غير معروف
none = لا شيء.
unnamed-outlet = وسيلة إعلام بلا اسم
background = خلفية
your-name = اسمك
reason = السبب
reason-empty = يجوز تركه فارغًا
and-more = و{ $n } أخرى
as-json = بصيغة JSON

## Problems

problem = مشكلة
problem-title-404 = غير موجود
problem-title-400 = لا يمكن فهم هذا السؤال
problem-title-409 = سبقك غيرك
problem-title-500 = تعطلت هذه الصفحة
problem-page = لا توجد صفحة كهذه.
problem-file = لا يوجد ملف { $name }.
problem-broke = تعطلت هذه الصفحة، ولم يمس ذلك غيرها.
problem-ledger = يقول الدفتر: { $what }
problem-shelf = تعذرت كتابة ما يُحفظ بجانب الدفتر: { $what }
problem-day = { $name }={ $value } ليس يومًا مثل 2021-08-09.
problem-number = { $name }={ $value } ليس رقمًا.
problem-width = width={ $value } ليس بين 240 و4000.
problem-word = { $name }={ $value } ليس واحدًا من { $known }.
problem-vocabulary = { $name }={ $value } ليست كلمة من المفردات.
problem-place-id = { $name }={ $value } ليس رقم مكان مثل 1135689 أو ml:17.
problem-at = at={ $value } ليس خط طول وخط عرض وتقريبًا مثل 68.857,36.729,6.5.
problem-missing = ينقص { $name }.
problem-missing-example = ينقص { $name }، وهو مثل { $example }.
problem-missing-name = ينقص اسمك: لكل حكم صاحب.
problem-missing-publish = ينقص { $name }: يحتاج يوم النشر إلى يوم واسم وسبب.
problem-no-place = لا يوجد مكان { $id } في المعجم الجغرافي.
problem-no-place-named = لا يوجد مكان { $name } في المعجم الجغرافي.
problem-no-actor = { $name }={ $value } ليس طرفًا في السجل.
problem-no-article = لا توجد مقالة { $id } في الدفتر.
problem-no-claim = لا توجد إفادة { $id } في الدفتر.
problem-no-claim-there = لا توجد إفادة { $id } في تلك المقالة.
problem-no-country = لا يوجد بلد { $iso }.
problem-format = { $what }
problem-draw = تعذر رسم الصورة: { $what }
problem-end-before = لا يمكن أن ينتهي في { $to } ويبدأ في { $from }.
problem-quote = هذه الكلمات ليست في المقالة: انسخها كما هي.
problem-added-before = أُضيفت هذه الإفادة من قبل بالكلمات نفسها والمعنى نفسه.
problem-undo = لا يوجد حكم قائم على هذه الإفادة: لا شيء للتراجع عنه.
problem-merge = لا توجد إفادة أخرى { $id } للدمج معها.
problem-text-empty = النص فارغ ولم يُعطَ عنوان.
problem-read = { $what }
problem-desk = تعطلت القراءة: { $what }
problem-address = { $url } ليس عنوانًا يبدأ بـ http:// أو https://.
problem-fetch = تعذرت قراءة { $url }: { $why }.
problem-minutes = minutes={ $value } ليس رقمًا بين { $least } و{ $most }.
problem-feed-unknown = الموجز { $url } غير متابَع.
problem-feed-twice = هذا الموجز متابَع من قبل.
problem-feeds-many = عدد الموجزات المتابَعة { $n }: أوقف واحدًا أولًا.
problem-view-address = { $address } ليس عنوان مشهد.
problem-view-long = الاسم أطول من { $n } حرفًا.
problem-view-twice = يوجد مشهد باسم { $name } من قبل: اختر اسمًا آخر.
problem-views-many = عدد المشاهد المحفوظة { $n }: احذف واحدًا أولًا.
problem-no-reading = لا توجد قراءة { $id }: كانت قبل إعادة تشغيل الخادم أو منذ زمن طويل.

## The map page

map = الخريطة
map-tab = { $country }، { $day }
map-move = تقريب وتحريك
map-drawn = الخريطة المرسومة
map-unmovable = لا يستطيع هذا المتصفح تحريك الخريطة
map-title-capitals = { $country }: من يسيطر على العواصم الإقليمية
map-title-places = { $country }: من يسيطر على ماذا
map-counts-of = أعداد { $day }:
map-on-known = في { $on }، بحسب ما عُرف حتى { $known }
map-on = في { $on }، بحسب كل ما هو معروف
map-province = { $name } (إقليم): { $state }
map-source = حسبها Marchland من { $articles }.
map-boundaries = الحدود: Natural Earth، بحكم القانون. المدن: GeoNames (CC BY 4.0).
map-by-law = مرسوم بحكم القانون لا بحسب المصدر: { $names }.
legend-party = { $party }، { $mark } ({ $n })
legend-contested = متنازَع عليه ({ $n })
legend-unknown = غير معروف ({ $n })
legend-besieged = حلقة: محاصَر، بلون من يحاصره ({ $n })
state-holder = { $party }، { $mark }
state-since = { $state }، منذ { $day }
state-besieged = { $state }؛ يحاصره { $party }
state-part = { $state }؛ { $part }: { $party }
place-state = { $place }: { $state }
nothing-title = لا شيء معروف بعد
nothing-tab = لا شيء بعد
nothing-holds = { $n ->
    [0] ليس في الدفتر مقالات ولا إفادة عمن يسيطر على مكان.
    [one] في الدفتر مقالة واحدة ولا إفادة عمن يسيطر على مكان.
    [two] في الدفتر مقالتان ولا إفادة عمن يسيطر على مكان.
    [few] في الدفتر { $n } مقالات ولا إفادة عمن يسيطر على مكان.
   *[other] في الدفتر { $n } مقالة ولا إفادة عمن يسيطر على مكان.
  }
nothing-do = أضف مقالات بالأمر { $command } أو { $read }، ثم حمّل هذه الصفحة من جديد.
nothing-read = الصق واحدة
nothing-mute = { $n ->
    [one] إفادة واحدة لا رأي لها: { $why }.
    [two] إفادتان لا رأي لهما: { $why }.
    [few] { $n } إفادات لا رأي لها: { $why }.
   *[other] { $n } إفادة لا رأي لها: { $why }.
  }
answer-party = { $party } { $held }
answer-contested = { $n } متنازَع عليها
answer-unknown = { $n } غير معروفة
answer-of-capitals = { $part } من { $total } { $n ->
    [few] عواصم إقليمية
   *[other] عاصمة إقليمية
  }
answer-of-places = { $part } من { $total } { $n ->
    [few] أماكن
    [many] مكانًا
   *[other] مكان
  }
answer-none = لا شيء للعرض
answer-reported = { $answer }، كما أُفيد حتى { $known }
answer-on-reported = { $answer }، في { $on }، كما أُفيد حتى { $known }
second-claimed = { $n } يدعيها المنتصر وحده
second-besieged = { $n } محاصَرة
second-from = من { $articles }، { $claims }. { $method }.
what-words-mean = معنى الكلمات
places = الأماكن
places-of = { $count }: { $filters }
places-show-all = اعرض الكل
find-name = اسم أو إقليم
find = ابحث
col-place = المكان
col-state = الحالة
col-since = منذ
col-last-told = آخر خبر
col-reports = التقارير
never = أبدًا
not-by-that-day = ليس حتى ذلك اليوم
holder-mark = { $holder }، { $mark }
also-besieged = { $state }، محاصَر
places-first = أول { $n } بحسب الاسم. { $all }.
places-all = الكل، { $n }
places-next = التالية، { $n }
places-previous = السابقة، { $n }
places-range = من { $from } إلى { $to }، { $count }، بحسب الاسم.
differences-title = { $n ->
    [zero] من { $from } إلى { $to }: لا فروق
    [one] من { $from } إلى { $to }: فرق واحد
    [two] من { $from } إلى { $to }: فرقان
    [few] من { $from } إلى { $to }: { $n } فروق
    [many] من { $from } إلى { $to }: { $n } فرقًا
   *[other] من { $from } إلى { $to }: { $n } فرق
  }
differences-list = القائمة بصيغة { $csv }، { $json }.
col-before = قبل
col-after = بعد
col-what = ماذا
areas-title = أقاليم ورد ذكرها
areas-note = لا تعني السيطرة على العاصمة سيطرة على الإقليم: هذه إفادات عن الإقليم كله.
files-title = خذها معك
files-map = هذه الخريطة بصيغة { $svg }، { $png }، و{ $sheet }. هذا المشهد بصيغة { $formats }.
files-sheet = ورقة تواريخ
files-filter = المرشح: { $mark }
format-control-csv = السيطرة، فترة في كل سطر
format-control-wide = السيطرة، عمود لكل يوم (كل يوم من أول تغير إلى آخره)
format-geojson = GeoJSON (RFC 7946)، عنصر لكل فترة
format-claims-jsonl = الإفادات، كائن JSON في كل سطر، مع الاقتباسات ومواضعها
format-claims-csv = الإفادات، واحدة في كل سطر
format-acled-csv = أحداث بأعمدة ACLED الـ31، تليها أعمدتنا (x_)
format-hxl = أحداث بوسوم HXL (بحسب OCHA)
format-kml = KML مع مدد زمنية
format-geopackage = GeoPackage، نقاط مع فتراتها
format-plover = أحداث PLOVER، JSON Lines
format-ged-csv = أعمدة UCDP GED الـ49؛ أحداث فيها قتيل واحد على الأقل
format-gdelt = GDELT 1.0، 58 عمودًا بلا رأس
format-atom = موجز Atom للتغيرات، مع georss:point
format-annotations = تعليقات W3C على الأدلة، مع PROV
save-as = احفظ هذا المشهد باسم
save = احفظ
saved-views = المشاهد المحفوظة

## Days

which-day = أي يوم
slider-day = اليوم { $day }
slider-known = عُرف حتى { $day }
now = الآن
steps = خطوات في الزمن
step-change-back = ◀ تغير
step-change-on = تغير ▶
step-on-day = في { $day }
step-change-back-title = التغير السابق (P)
step-change-on-title = التغير التالي (N)
step-day-back = يوم −1
step-day-on = يوم +1
step-day-back-title = يوم إلى الوراء
step-day-on-title = يوم إلى الأمام
type-day = اكتب يومًا
go = اذهب
play = ▶ تشغيل
stop = ■ إيقاف
speed = أيام في الثانية
speed-days = { $n ->
    [one] يوم في الثانية
    [two] يومان في الثانية
    [few] { $n } أيام في الثانية
   *[other] { $n } يومًا في الثانية
  }
more-known-by = { $country } · { $unit } · عُرف حتى { $day } · قارن، اختر مدة أو بلدًا
more-all = { $country } · { $unit } · بكل ما هو معروف · قارن، اختر مدة أو بلدًا
exact-on = في
exact-known = عُرف حتى
exact-compare = قارن مع
exact-from = المدة من
exact-to = إلى
exact-country = البلد
exact-country-option = { $country } ({ $n })
exact-places = الأماكن
exact-lanes = المسارات
exact-names = الأسماء
names-both = لاتينية ومحلية
names-latin = لاتينية
names-local = محلية
names-none = بلا أسماء
set-auto = بحسب البيانات
set-capitals = العواصم الإقليمية
set-all = كل ما ورد
lanes-places = بحسب المكان
lanes-actors = بحسب الطرف
timeline = الخط الزمني
timeline-title = يومًا بيوم
timeline-places = مسار لكل مكان بترتيب يوم التغير؛ الباهت: غير مؤكد. { $other }. انقر يومًا للذهاب إليه{ $drag }.
timeline-actors = مسار لكل طرف: كم مكانًا يسيطر عليه. { $other }. انقر يومًا للذهاب إليه{ $drag }.
timeline-lane-party = مسار لكل طرف
timeline-lane-place = مسار لكل مكان
timeline-drag = ؛ اسحب فوق الأيام لتراها وحدها
timeline-all = كل الأيام
timeline-cut = من الأماكن الـ{ $n } الأكثر ذكرًا.
timeline-label = الخط الزمني: مسار لكل مكان أو طرف، وتحته التغيرات والتقارير في اليوم
timeline-changes = تغيرات في اليوم
timeline-reports = تقارير في اليوم
timeline-contested = متنازَع عليه
timeline-stretch = { $place }: { $state }: من { $from } إلى { $to }
timeline-held = { $party }، عدد الأماكن: { $n } في { $from }، { $last } في { $to }
timeline-day = { $day }، التغيرات: { $changes }، التقارير: { $reports }

## One place

place-probability = { $state } (احتمال { $p })
place-on = في { $day }.
place-last = آخر خبر { $ago }، { $reports }، المستقل منها { $independent }.
place-nobody = لم يتحدث عنه أحد.
count-reports = { $n ->
    [zero] لا تقارير
    [one] تقرير واحد
    [two] تقريران
    [few] { $n } تقارير
    [many] { $n } تقريرًا
   *[other] { $n } تقرير
  }
why = لماذا
col-reason = السبب
col-for-against = مع أو ضد
decibans-short = dB
decibans-title = ديسيبان: عشرة أمثال لوغاريتم الأرجحية؛ 10 تعني عشرة إلى واحد
together = المجموع لصالح الجواب
reason-prior = نقطة بدء الحساب
reason-drift = أثر مرور الأيام
reason-report = تقرير
reason-told = { $outlet }، { $manner }
reason-told-day = { $outlet }، { $manner }، عن { $day }
reason-speaks-for = ← { $party }
reason-speaks-contested = ← متنازَع عليه
its-states = حالاته ({ $n })
history-row = { $day }: { $symbol } { $state } ({ $p })
claims-more = تظهر أول { $n }؛ وكلها: { $json }.
claim-says = { $claim }، { $days }.
claim-source = { $manner }. { $outlet }، { $clocks }. القاعدة { $rule }، الثقة { $p }.
claim-judged = الحكم: { $verdict }.

## A claim in words

claim-unknown-party = طرف غير معروف
claim-part = { $place } ({ $part })
claim-aggregate = { $who }: { $count } { $unit }
claim-aggregate-of = { $who }: { $count } من { $of } { $unit }
claim-transfer = سيطرة { $who } على { $place }
claim-transfer-from = سيطرة { $who } على { $place } بعد { $other }
claim-holds = { $place } تحت سيطرة { $who }
claim-contested = تنازع على { $place }
claim-besieged = حصار { $place } من جانب { $who }
claim-withdrawal = انسحاب { $who } من { $place }
claim-repelled = احتفاظ { $who } بـ { $place } بعد صد هجوم
claim-repelled-by = احتفاظ { $who } بـ { $place } بعد صد هجوم شنه { $other }
claim-event = { $event }: { $place }
claim-something = أمر ما في { $place }
manner-asserted = خبر من { $who }
manner-claimed = ادعاء من { $who }
manner-denied = نفي من { $who }
manner-planned = خطة بحسب { $who }
manner-hypothetical = افتراض من { $who }
who-writer = الكاتب
who-self_serving = { $name } (لمصلحة المتحدث)
who-against_interest = { $name } (ضد مصلحة المتحدث)
who-third_party = { $name } (طرف ثالث)
who-role = { $name }، { $role }
days-none = في يوم لا يمكن تحديده
days-on = في { $from }
days-from-to = من { $from } إلى { $to }
days-from = من { $from } فصاعدًا
days-until = حتى { $to }
days-inferred = { $days } (من يوم النشر)
clocks = نُشر في { $day }، وقُرئ في { $moment }
clocks-undated = يوم النشر غير معروف، وقُرئ في { $moment }
published-given = { $day } (مُعطى)
published-read = { $day } (قُرئ من الصفحة: { $from })
published-unknown = غير معروف: لم يقله أحد ولا الصفحة

## An article

article-withdrawn = سُحبت هذه المقالة: لا تُحتسب إفاداتها.
fact-outlet = وسيلة الإعلام
fact-published = النشر
fact-read = القراءة
fact-address = العنوان
fact-digest = البصمة
fact-coded-by = الترميز
address-none = لم يُعطَ
article-undated = بلا يوم نشر لا يكون لمعظم إفادات هذه المقالة يوم. حدده هنا مع سبب يُحفظ، أو عند قراءة المقالة: { $command }.
set-day = حدد يوم النشر
set-day-button = حدد اليوم
published-on = نُشر في
reason-how = كيف تعرف ذلك
article-text = النص
article-claim-source = { $manner }. القاعدة { $rule }، الثقة { $p }.
on-the-map = { $place } على الخريطة
place-sure = (المكان مؤكد بنسبة { $p })
article-nothing = لا شيء فيها يقول من يسيطر على مكان.
cut = المحذوف
cut-nothing = لم يُحذف شيء.
cut-count = { $n ->
    [one] مقطع واحد ليس خبرًا؛ يبقى في النص رماديًا مع السبب ولا يُقرأ.
    [two] مقطعان ليسا خبرًا؛ يبقيان في النص رماديين مع السبب ولا يُقرآن.
    [few] { $n } مقاطع ليست خبرًا؛ تبقى في النص رمادية مع السبب ولا تُقرأ.
   *[other] { $n } مقطعًا ليست خبرًا؛ تبقى في النص رمادية مع السبب ولا تُقرأ.
  }
cut-reason = محذوف: { $reason }
article-long = المقالة طويلة ({ $size } كيبيبايت): يظهر الجزء المحيط بالجملة المختارة فقط. الكل في JSON.
invisible-character = حرف غير مرئي
control-character = حرف تحكم
article-tab = { $title } ({ $day })
add-title = أضف إفادة فاتت
add-how = حدد الجملة في النص، أو انسخها هنا كما هي.
add-sentence = الجملة
field-place = المكان
field-kind = النوع
field-holder = المسيطر
field-other = الطرف الآخر
field-from = من
field-to = إلى
field-stance = الموقف
field-speaker = القائل
field-interest = المصلحة
name-or-id = اسم أو رقم
speaker-empty = الكاتب إن تُرك فارغًا
add-button = أضف الإفادة

## Articles

articles = المقالات
articles-title = { $articles }، { $claims }، { $places }
articles-span = نُشرت من { $from } إلى { $to }.
articles-runs = { $judgements }، عدد مرات الترميز { $n }.
articles-mute = { $n ->
    [one] إفادة سيطرة واحدة لا رأي لها في الخريطة
    [two] إفادتا سيطرة لا رأي لهما في الخريطة
    [few] { $n } إفادات سيطرة لا رأي لها في الخريطة
   *[other] { $n } إفادة سيطرة لا رأي لها في الخريطة
  }
mute-row = { $n }: الإفادة { $why }
filter-from = من
filter-to = إلى
filter-outlet = وسيلة الإعلام
filter-undated = بلا يوم
col-published = النشر
col-outlet = وسيلة الإعلام
col-article = المقالة
col-read = القراءة
withdrawn = مسحوبة
articles-none = لا مقالة تطابق.
more = المزيد
articles-days = { $n ->
    [zero] الأولى والأخيرة في يوم واحد.
    [one] يوم واحد بين الأولى والأخيرة.
    [two] يومان بين الأولى والأخيرة.
    [few] { $n } أيام بين الأولى والأخيرة.
   *[other] { $n } يومًا بين الأولى والأخيرة.
  }

## Review

review = المراجعة
review-title = { $n ->
    [zero] المراجعة: لا إفادة تنتظر
    [one] المراجعة: إفادة واحدة تنتظر
    [two] المراجعة: إفادتان تنتظران
    [few] المراجعة: { $n } إفادات تنتظر
   *[other] المراجعة: { $n } إفادة تنتظر
  }
review-title-cut = المراجعة: { $n } إفادة تنتظر (أول { $n })
review-order = مرتبة بحسب ما قد يغير خريطة { $day } أكثر. يُحفظ كل حكم مع صاحبه وسببه في { $log }.
the-log = السجل
review-last = الأخير: { $author }: { $verdict }. { $button }
undo-key = تراجع (Z)
review-previous = السابقة (K)
review-next = التالية (J)
review-keys = المفاتيح (?)
key-j = الإفادة التالية
key-k = الإفادة السابقة
key-a = قبول: في النص ومرمزة بشكل صحيح
key-r = رفض: ليست في النص أو ليست إفادة
key-e = تعديل
key-m = دمج في إفادة أخرى
key-u = غير متأكد: قلة المعلومات جواب كامل
key-z = تراجع عن آخر حكم
key-help = هذه المساعدة
queue = الطابور
queue-chance = احتمال أن يغير الحكم عليها الحالة
review-nothing = لا شيء ينتظر. { $map }
review-says = { $days }، { $manner }.
review-source = { $outlet }، { $clocks }. القاعدة { $rule }، الثقة { $p }، المكان مؤكد بنسبة { $q }.
accept-key = قبول (A)
reject-key = رفض (R)
unsure-key = غير متأكد (U)
edit-key = تعديل (E)
merge-key = دمج (M)
edit-save = احفظ التعديل
edit-another = غيره
edit-place-map = أين قد يكون
merge-none = لا إفادة أخرى تتحدث عن هذا المكان.
merge-no-place = مكانها غير معروف: لا شيء للمقارنة.
merge-same = تروي الحادثة نفسها كما في
merge-option = { $claim }، { $days } · { $outlet }
merge-button = ادمج
conflict-title = حكم غيرك على هذه الإفادة وأنت تنظر إليها
conflict-tab = صدر حكم في الأثناء
said = { $author }: { $verdict }
said-because = { $author }: { $verdict }: { $reason }
conflict-yours = حكمك لم يُحفظ بعد: { $verdict }.
conflict-yours-because = حكمك لم يُحفظ بعد: { $verdict }، لأن { $reason }.
conflict-store = احفظ حكمي أيضًا؛ يأتي بعد حكمهم
conflict-leave = اتركها كما قالوا
edit-field-place = المكان
edit-field-holder = المسيطر
edit-field-other = الطرف الآخر
edit-field-from = من
edit-field-to = إلى
edit-field-kind = النوع
edit-field-stance = الموقف
edit-no-place = بلا مكان
edit-nobody = لا أحد
edit-open = مفتوح
edit-change = { $field }: { $old } ← { $new }

## Reading

read = القراءة
read-title = اقرأ مقالة
read-how = الصق نصًا أو صفحة، أو أفلت ملفات في الحقل، أو أعطِ عنوانًا. يُعرض ما وُجد أولًا، ولا يُحفظ شيء حتى تطلب ذلك.
read-text = نص أو HTML أو JSON Lines
read-field-title = العنوان
read-field-outlet = وسيلة الإعلام
read-field-url = الرابط
read-field-published = النشر
read-address-note = بلا نص تُطلب الصفحة من الرابط الآن ومرة واحدة. لمتابعة ما يأتي، تابع { $feed }.
a-feed = موجزًا
read-show = اعرض ما فيها
read-keep = احفظها
found-title = وُجد ولم يُحفظ بعد
found-tab = ما وُجد
found-published = النشر: { $published }.
found-broke = تعطلت القراءة: { $why }
found-claim = { $claim }، { $days }، { $manner }.
found-text = النص
progress-title = { $n ->
    [one] تُقرأ مقالة واحدة
    [two] تُقرأ مقالتان
    [few] تُقرأ { $n } مقالات
   *[other] تُقرأ { $n } مقالة
  }
progress-done-title = { $n ->
    [zero] لم تُقرأ مقالات
    [one] قُرئت مقالة واحدة
    [two] قُرئت مقالتان
    [few] قُرئت { $n } مقالات
   *[other] قُرئت { $n } مقالة
  }
progress-tab = قراءة
progress-count = أُنجز { $done } من { $n }.
progress-wait = تنظر هذه الصفحة من جديد من تلقاء نفسها؛ يمكنك تركها والعودة.
progress-article = المقالة
progress-state = الحالة
progress-found = وُجد
progress-waits = تنتظر
progress-reads = تُقرأ الآن
progress-read = قُرئت
progress-kept = حُفظت
progress-failed = تعذرت قراءتها: { $why }
progress-keep-all = احفظها كلها

## Feeds

feeds = الموجزات
feeds-title = { $n ->
    [zero] لا موجزات متابَعة
    [one] موجز واحد متابَع
    [two] موجزان متابَعان
    [few] { $n } موجزات متابَعة
    [many] { $n } موجزًا متابَعًا
   *[other] { $n } موجز متابَع
  }
feeds-title-failing = { $feeds }، المتعثر منها { $n }
feeds-note = لا يُطلب عنوان إلا ما سُمي هنا والمقالات التي تسميها الموجزات. يُسأل المضيف هل تغير شيء منذ المرة السابقة؛ ومن يتعثر يُسأل أقل فأقل، ومرة في اليوم على الأقل.
col-feed = الموجز
col-every = كل
col-feed-state = الحالة
col-last-answer = آخر جواب
col-next-look = النظرة التالية
col-articles = المقالات
col-do = الإجراء
feed-added = أضافه { $author }
feed-added-conditional = أضافه { $author }، يُسأل بشرط
feed-first = ينتظر نظرته الأولى
feed-in-a-row = { $n ->
    [one] { $state } (مرة واحدة)
    [two] { $state } (مرتين متتاليتين)
    [few] { $state } ({ $n } مرات متتالية)
   *[other] { $state } ({ $n } مرة متتالية)
  }
not-yet = ليس بعد
feed-look-now = انظر الآن
feed-look-now-at = انظر الآن في { $url }
feed-stop = أوقف
feed-stop-watching = أوقف متابعة { $url }
watch-title = تابع موجزًا
watch-address = العنوان (RSS أو Atom)
watch-every = كل { $field } دقيقة
watch-button = تابع
watch-note = ما يوجد يدخل الدفتر فورًا، ومنه إلى { $review }. صفحة أو موجز تريد النظر فيه أولًا: { $read }.
the-review = المراجعة
read-it = اقرأه
feed-not-changed = لم يتغير
feed-host-answers = يجيب المضيف { $status }
feed-no-feed = ما وصل ليس موجزًا (RSS أو Atom)
feed-took = فيه { $items } مقالة، الجديد { $taken }
feed-took-failed = فيه { $items } مقالة، الجديد { $taken }، تعذرت قراءة { $failed }
feed-took-left = فيه { $items } مقالة، الجديد { $taken }، تنتظر النظرة التالية { $left }
feed-took-failed-left = فيه { $items } مقالة، الجديد { $taken }، تعذرت قراءة { $failed }، تنتظر النظرة التالية { $left }
fetch-private = { $host } مضيف في شبكة خاصة: لم يُسأل
fetch-sent-private = أُحيل إلى { $to }، وهو مضيف في شبكة خاصة: لم يُتبع
fetch-sent-nowhere = أُحيل إلى { $to }، وليس عنوانًا
fetch-sent-often = أُحيل أكثر من { $n } مرات
fetch-failed = { $what }

## Saved views

views = المشاهد
views-title = { $n ->
    [zero] لا مشاهد محفوظة
    [one] مشهد واحد محفوظ
    [two] مشهدان محفوظان
    [few] { $n } مشاهد محفوظة
    [many] { $n } مشهدًا محفوظًا
   *[other] { $n } مشهد محفوظ
  }
views-note = اليوم والمرشحات والمكان المختار واليوم المقارَن: المشهد كله في عنوانه، والعنوان هو ما يُحفظ. احفظ واحدًا في أسفل صفحة الخريطة.
col-view = المشهد
col-saved-by = حفظه
col-on = في
col-as-feed = كموجز
view-remove = احذف
view-remove-named = احذف { $name }

## The state of the data

data = البيانات
data-title = حالة البيانات
data-articles = المقالات
data-span = { $articles }، نُشرت من { $from } إلى { $to }
data-last-read = آخر قراءة
data-nothing = لا شيء بعد
data-claims = الإفادات
data-claims-on = { $claims } عن { $places }؛ { $judgements } في { $log }
data-undated = بلا يوم نشر
data-dayless = بلا يوم
data-control-claims = { $n ->
    [zero] لا إفادات سيطرة
    [one] إفادة سيطرة واحدة
    [two] إفادتا سيطرة
    [few] { $n } إفادات سيطرة
   *[other] { $n } إفادة سيطرة
  }
data-placeless = بلا مكان معروف
data-names = { $n ->
    [zero] { $claims }، بلا أسماء
    [one] { $claims }، اسم واحد
    [two] { $claims }، اسمان
    [few] { $claims }، { $n } أسماء
    [many] { $claims }، { $n } اسمًا
   *[other] { $claims }، { $n } اسم
  }
data-nowhere = أماكن بلا موضع
data-read-by = قارئها
data-entry = قيد السجل
data-mute = إفادات سيطرة لا رأي لها في الخريطة
data-names-title = أسماء لم يوجد لها مكان
data-names-note = تُحفظ إفاداتها ولا تُحتسب حتى يقول أحد في { $review } أي مكان هو المقصود، أو يتعلم المعجم الاسم.
data-name-row = { $name } ({ $n }): { $claim }
data-dayless-title = إفادات لا يمكن تحديد يومها
data-dayless-note = معظمها في مقالات بلا يوم نشر: { $set }.
data-set-it = حدده
data-nowhere-note = تُعد وتُدرج، وليست على أي خريطة.
data-nowhere-row = { $n ->
    [one] { $name } (إفادة واحدة)
    [two] { $name } (إفادتان)
    [few] { $name } ({ $n } إفادات)
   *[other] { $name } ({ $n } إفادة)
  }
data-outlets = إفادات السيطرة بحسب وسيلة الإعلام
data-unnamed = بلا اسم
col-claims = الإفادات

## The log

log = السجل
log-note = كل ما أُضيف أو قُرئ من جديد أو حُكم عليه، مع من ولماذا. لا يُحذف شيء أبدًا. { $feed }.
log-feed = التصحيحات كموجز
log-article = { $moment } مقالة { $name }
log-coded = { $moment } ترميز { $name }: { $claims }، بواسطة { $coder }
log-coded-changed = { $moment } ترميز { $name }: { $claims } (الجديد أو المتغير { $gained }، الذاهب { $lost })، بواسطة { $coder }
log-judged = { $moment } { $what }
log-of-claim = { $author }: { $verdict } «{ $claim }»
log-of-lost-claim = { $author }: { $verdict }، إفادة
log-of-article = { $author }: { $verdict }، { $article }
log-an-article = مقالة
log-published = { $author }: يوم نشر { $article } هو { $day }
log-because = { $what }: { $reason }
log-earlier = الأقدم

## The feed of corrections

corrections = التصحيحات
correction-title = { $verdict }: { $what }
correction-article = مقالة { $id }
correction-published = نُشر في { $day }

## Method

method = المنهج
method-intro = يقرأ Marchland الأخبار ويحفظ ما تقوله كل مقالة عمن يسيطر على أي مكان، ومنذ متى، وبحسب من. يحفظ الإفادات لا الحالات: تُحسب السيطرة من الإفادات من جديد لكل يوم، وكما كان يمكن أن تُعرف في أي يوم.
method-symbols = ما تقوله الرموز
method-party = طرف
method-held = يسيطر عليه طرف واحد، قاله من لا يكسب من ذلك شيئًا أو يخسر به.
method-claimed = لا يقول ذلك إلا الطرف الذي يكسب.
method-disputed = الأرجح أن طرفًا واحدًا يسيطر عليه، لكن قولًا معارضًا ما زال قائمًا.
method-stale = كان تحت السيطرة في آخر خبر، ولم يتحدث عنه أحد منذ زمن طويل.
method-contested = يدور عليه قتال، أو تتعادل الأدلة.
method-unknown = لم يتحدث عنه أحد، أو ليس بما يكفي. «غير معروف» جواب، ولا يُخمَّن لون.
method-besieged = محاصَر؛ للحلقة لون من يحاصر. ومن في الداخل يحتفظ بالمكان.
method-colour = اللون والشكل يقولان مَن، والتعبئة تقول مدى اليقين، والحرف يقول ذلك في الطباعة ولمن يرى الألوان على نحو آخر.
method-clocks = ساعتان
method-clocks-text = { $on }: متى كان الأمر كذلك في العالم. { $known }: متى نُشر. وبكلتيهما تُظهر الخريطة ما كان يمكن أن يُعرف عن يوم ما في أي يوم بعده.
method-weighs = كيف تُوزن الإفادة
method-weighs-1 = بالمصلحة لا بالاسم. «انسحبنا» أقوى دليل، وأضعفه ادعاء طرف نجاحَه أو نفيه خسارتَه.
method-weighs-2 = ما خُطط له أو أُمر به أو حوول أو افتُرض ليس دليلًا على السيطرة.
method-weighs-3 = الأخبار نُسخ: ما يُنشر عشر مرات له صوت واحد.
method-weighs-4 = نادرًا ما تنتقل السيطرة على مدينة (نحو مرة في كل ألف يوم للمكان)، فلا بد أن يكون التقرير الوحيد عن مدينة هادئة جيدًا ليُصدَّق.
method-weighs-5 = يظهر كل سبب مع وزنه بالديسيبان: عشرة أمثال اللوغاريتم العشري للأرجحية. 10 تعني عشرة إلى واحد. ومجموعها هو الجواب.
method-limits = ما لا يعرفه
method-limits-1 = تُرسم المدينة نقطة. وإن تحدثت إفادة عن جزء («المطار») ذُكر الجزء بجانبها.
method-limits-2 = لا تعني السيطرة على العاصمة سيطرة على الإقليم: لا تُلوَّن الأقاليم إلا حيث تتحدث إفادة عن الإقليم.
method-limits-3 = مقالة بلا يوم نشر تعطي إفادات بلا يوم. لا يُختلق اليوم أبدًا.
method-limits-4 = تُرسم الحدود بحكم القانون، والقرم وسيفاستوبول في أوكرانيا (قرار الجمعية العامة للأمم المتحدة 68/262)؛ أما من يسيطر فعليًا فتقوله الألوان.
