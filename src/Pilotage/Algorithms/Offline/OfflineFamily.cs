namespace Pilotage.Algorithms.Offline;

/// <summary>What an offline algorithm does with the data.</summary>
public enum OfflineFamily
{
    /// <summary>Does as the data do.</summary>
    Imitation,

    /// <summary>Values what was done, and improves on it once.</summary>
    BehaviourValues,

    /// <summary>Q-learning, as if the data were its own.</summary>
    OffPolicy,

    /// <summary>Q-learning that stays near the data.</summary>
    Constrained,
}
