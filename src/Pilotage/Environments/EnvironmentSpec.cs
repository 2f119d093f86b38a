namespace Pilotage.Environments;

/// <summary>What an environment says of itself before the first step.</summary>
public sealed record EnvironmentSpec
{
    /// <summary>The name that users type, for example <c>CartPole-v1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How many numbers an observation has; for items, item count times features.</summary>
    public required int ObservationSize { get; init; }

    /// <summary>What a policy may choose from.</summary>
    public required ActionSpace Actions { get; init; }

    /// <summary>Steps after which an episode is truncated; <see langword="null"/> for none. A time limit truncates, it never terminates.</summary>
    public int? TimeLimit { get; init; }

    /// <summary>Names of the observation's numbers, for tables and exports; empty where they have none.</summary>
    public IReadOnlyList<string> ObservationNames { get; init; } = [];

    /// <summary>How the observation lists candidates, one for each action of one discrete choice, or for each number of a box, of which the largest is meant; <see langword="null"/> for plain numbers.</summary>
    public CandidateLayout? Candidates { get; init; }

    /// <summary>Unit of the reward, for tables: "points", "euro per minute".</summary>
    public string RewardUnit { get; init; } = "points";

    /// <summary>Mean return from which the field calls the environment solved; <see langword="null"/> where it has no such figure.</summary>
    public double? SolvedAt { get; init; }
}
