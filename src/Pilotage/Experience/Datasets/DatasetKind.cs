namespace Pilotage.Experience.Datasets;

/// <summary>Which play a data set holds; the five kinds of arXiv:2111.04714, section 4, and all others.</summary>
public enum DatasetKind
{
    /// <summary>Whatever somebody logged; nothing is known of who acted.</summary>
    Other,

    /// <summary>Uniform legal actions.</summary>
    Random,

    /// <summary>A trained policy, or a good rule, as it acts when it does not explore.</summary>
    Expert,

    /// <summary>Mostly random, the last part expert.</summary>
    Mixed,

    /// <summary>The expert, some of whose actions are replaced by uniform ones.</summary>
    Noisy,

    /// <summary>Everything that a learner saw while it learned, from its first action to its last.</summary>
    Replay,
}
