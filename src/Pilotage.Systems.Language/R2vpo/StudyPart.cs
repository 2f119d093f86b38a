namespace Pilotage.Systems.Language.R2vpo;

/// <summary>What a study runs.</summary>
public enum StudyPart
{
    /// <summary>Decisions with known values: the constrained optimum, ascent of its multiplier, the clip's optimum (A).</summary>
    Exact,

    /// <summary>One right string in a thousand: batches until it is more probable than not (D).</summary>
    Rare,

    /// <summary>Countdown puzzles from fresh answers: clips, the bound, nothing (B).</summary>
    Countdown,

    /// <summary>Countdown puzzles where half of what is learned from are stored answers (C); runs the fresh arms that it compares with.</summary>
    Replay,

    /// <summary>CartPole and a pendulum with sparse rewards: PPO with a clip and with a bound (E).</summary>
    Control,
}
