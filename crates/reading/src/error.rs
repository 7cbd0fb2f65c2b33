//! What can go wrong with a model file.

/// Why a model file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The file does not begin as one.
    #[error("this is no Marchland model file (it does not begin with MARCHRD1); make one with tools/model/make.sh")]
    NotAModel,
    /// A part that must be there is not.
    #[error(
        "the model file has no section `{section}`: it was made by another version; remake it with tools/model/make.sh"
    )]
    Missing {
        /// The section's name.
        section: String,
    },
    /// The file ends early.
    #[error("the model file is cut short in section `{section}`; fetch it again or remake it with tools/model/make.sh")]
    Short {
        /// The section's name.
        section: String,
    },
    /// The file is not consistent.
    #[error("section `{section}` of the model file is damaged: {what}; remake it with tools/model/make.sh")]
    Bad {
        /// The section's name.
        section: String,
        /// What is wrong.
        what: &'static str,
    },
}
