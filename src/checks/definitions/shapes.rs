//! The shapes of definitions: the members that their pages name, one row each. Every generation's names stand side by
//! side; what no page names is nobody's business here.

/// What the value of a member must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// Text of at most so many UTF-16 units; with `true` not blank.
    Text(u32, bool),
    /// `true` or `false`.
    Flag,
    /// One of the words.
    Choice(&'static [&'static str]),
    /// One of the words; servers may know more, so another is a warning.
    Advice(&'static [&'static str]),
    /// A list of the words, at most so many; with `true` others are warnings.
    Choices(&'static [&'static str], u32, bool),
    /// A whole number from one to another.
    Whole(u64, u64),
    /// A number from 0 to 100.
    Share,
    /// The key of an outcome type.
    Key,
    /// A list of such keys.
    Keys,
    /// An object of such members.
    Object(&'static [Member]),
    /// A list of such objects.
    Objects(&'static [Member]),
    /// Whatever it is: keys that the outcome is compared with stand somewhere in it.
    Conditions,
}

/// Whether a member has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// Without it the server refuses.
    Required,
    /// Without it the definition does nothing that we know of: a warning.
    Wanted,
    /// It may be missing or `null`.
    Optional,
}

/// One row: a member that a definition may have.
#[derive(Debug)]
pub(crate) struct Member {
    pub name: &'static str,
    pub rule: Rule,
    pub need: Need,
}

const fn required(name: &'static str, rule: Rule) -> Member {
    Member { name, rule, need: Need::Required }
}

const fn wanted(name: &'static str, rule: Rule) -> Member {
    Member { name, rule, need: Need::Wanted }
}

const fn optional(name: &'static str, rule: Rule) -> Member {
    Member { name, rule, need: Need::Optional }
}

const NAME: Rule = Rule::Text(255, true);
const LONG: Rule = Rule::Text(u32::MAX, false);
/// The largest whole number that every reader of JSON agrees on.
const MOST: u64 = 1 << 53;
/// No page says how many.
const ANY: u32 = u32::MAX;

/// What a contact policy is about.
pub(crate) const SCOPES: &[&str] =
    &["global", "offer", "creative", "channel", "category", "subcategory", "segment", "placement"];
/// The one type of rule that names outcomes.
pub(crate) const OUTCOME_BASED: &str = "outcome_based";
const RULE_TYPES: &[&str] = &[
    "frequency_cap",
    "cooldown",
    "budget_exhausted",
    OUTCOME_BASED,
    "segment_exclusion",
    "time_window",
    "mutual_exclusion",
    "cross_channel_cap",
    "allow_override",
    "category_suppression",
    "metric_condition",
    "customer_total_cap",
];
/// How a metric aggregates.
pub(crate) const AGGREGATES: &[&str] = &["count", "sum", "avg", "min", "max", "ratio"];

/// A contact policy; its `config` depends on its type.
pub(crate) static POLICY: &[Member] = &[
    required("name", NAME),
    required("ruleType", Rule::Choice(RULE_TYPES)),
    optional("description", LONG),
    optional("status", Rule::Choice(&["draft", "active", "paused", "archived"])),
    optional("scope", Rule::Choice(SCOPES)),
    optional("scopeId", LONG),
    optional("scopes", Rule::Objects(SCOPE)),
    optional("priority", Rule::Whole(0, 100)),
];
static SCOPE: &[Member] = &[required("scope", Rule::Choice(SCOPES)), optional("scopeId", LONG)];

/// Of a policy that is [`OUTCOME_BASED`].
pub(crate) static OUTCOME_POLICY: &[Member] = &[wanted("config", Rule::Object(OUTCOME_CONFIG))];
pub(crate) static OUTCOME_CONFIG: &[Member] = &[
    optional("outcomeType", Rule::Key),
    optional("outcomeTypes", Rule::Keys),
    optional("outcomes", Rule::Keys),
    wanted("lookbackDays", Rule::Whole(1, MOST)),
    optional("action", Rule::Advice(&["suppress"])),
];
/// The names that the outcomes of a policy may have: one of them is wanted.
pub(crate) const OUTCOME_NAMES: [&str; 3] = ["outcomeType", "outcomeTypes", "outcomes"];

/// A behavioral metric: as the older page has it (`aggregationType`, `eventType`, `dimensions`), and the newer ones.
pub(crate) static METRIC: &[Member] = &[
    required("name", Rule::Text(100, true)),
    optional("key", LONG),
    optional("description", Rule::Text(500, false)),
    optional("aggregateFunction", Rule::Choice(AGGREGATES)),
    optional("aggregationType", Rule::Choice(AGGREGATES)),
    optional("eventType", Rule::Key),
    optional("secondaryEventType", Rule::Key),
    optional("sourceField", Rule::Text(255, true)),
    optional("groupByDimensions", Rule::Choices(&["offerId", "channelId", "creativeId", "outcomeType"], 2, true)),
    optional("dimensions", Rule::Choices(&["channel", "offer"], 2, false)),
    optional("windowDays", Rule::Whole(1, 365)),
    optional("filterConditions", Rule::Conditions),
    optional("sqlFilter", LONG),
    optional("computeMode", Rule::Choice(&["realtime", "batch"])),
    optional("batchIntervalMin", Rule::Whole(5, 1440)),
    optional("status", Rule::Choice(&["active", "paused", "archived"])),
];

/// An experiment.
pub(crate) static EXPERIMENT: &[Member] = &[
    required("key", Rule::Text(255, true)),
    required("name", NAME),
    optional("description", LONG),
    optional("status", Rule::Choice(&["draft", "active", "paused", "archived", "running", "completed"])),
    optional("championModelId", LONG),
    optional("trafficSplit", Rule::Object(SPLIT)),
    optional("challengers", Rule::Objects(CHALLENGER)),
    optional("holdoutPercent", Rule::Share),
    optional("autoPromote", Rule::Flag),
    optional("promoteAfterDays", Rule::Whole(0, MOST)),
];
static SPLIT: &[Member] = &[optional("championPct", Rule::Share)];
static CHALLENGER: &[Member] = &[optional("modelId", LONG), required("trafficPct", Rule::Share)];

/// A summary definition.
pub(crate) static SUMMARY: &[Member] = &[
    required("name", NAME),
    optional("description", LONG),
    optional("status", Rule::Choice(&["active", "inactive"])),
    optional(
        "dimensions",
        Rule::Choices(
            &[
                "offer_id",
                "creative_id",
                "category_id",
                "sub_category_id",
                "channel_id",
                "placement_type",
                "direction",
                "outcome_key",
            ],
            ANY,
            false,
        ),
    ),
    optional("aggregates", Rule::Choices(&["count", "sum_value", "last_contact", "distinct_offers"], ANY, false)),
    optional("windows", Rule::Choices(&["1d", "7d", "14d", "30d", "90d"], ANY, false)),
    optional("filters", Rule::Conditions),
    optional("filter", Rule::Conditions),
    optional("filterConditions", Rule::Conditions),
];
