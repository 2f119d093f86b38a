namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>What an agent can do, as a number: its activity.</summary>
internal static class Activity
{
    /// <summary>Within the rules.</summary>
    public const int Legal = 0;

    /// <summary>At their edge.</summary>
    public const int Moderate = 1;

    /// <summary>Beyond them.</summary>
    public const int Radical = 2;

    /// <summary>How many there are.</summary>
    public const int Count = 3;
}

/// <summary>Probabilities of the three activities.</summary>
/// <param name="Legal">In [0, 1].</param>
/// <param name="Moderate">In [0, 1]; the rest is radical.</param>
internal readonly record struct ActionMix(double Legal, double Moderate)
{
    /// <summary>What agents do before the first step.</summary>
    public static readonly ActionMix Start = new(0.80, 0.17);

    /// <summary>What agents do who neither look nor learn.</summary>
    public static readonly ActionMix Fixed = new(0.65, 0.27);

    /// <summary>What reactive agents do when nothing speaks for an activity.</summary>
    public static readonly ActionMix Calm = new(0.30, 0.55);

    /// <summary>The activity of a uniform number.</summary>
    /// <param name="uniform">In [0, 1).</param>
    public int Choose(double uniform) => uniform < Legal ? Activity.Legal : uniform < Legal + Moderate ? Activity.Moderate : Activity.Radical;
}
