using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;

namespace Pilotage.Tests.Experience.Datasets;

/// <summary>Small data sets by hand: one number per observation, three actions.</summary>
internal static class Logs
{
    public static readonly EnvironmentSpec Line = new() { Name = "Line", ObservationSize = 1, Actions = new ActionSpace.Discrete(3) };

    /// <summary>One step per pair of state and action, as one terminated episode; rewards of 1.</summary>
    public static TransitionDataset Of(params (float State, int Action)[] pairs)
    {
        var steps = new Demonstrations(Line);
        steps.Add([.. pairs.Select(pair => pair.State)], [], [.. pairs.Select(pair => pair.Action)], [], [.. pairs.Select(_ => 1f)], End.Terminated, [0], []);
        return new(steps, new());
    }

    /// <summary>A terminated episode of three steps, a truncated one of two, a piece of one. States count up from 1; what follows an end is its negative.</summary>
    public static TransitionDataset ThreeEnds()
    {
        var steps = new Demonstrations(Line);
        steps.Add([1, 2, 3], [], [0, 1, 2], [], [1, 1, 1], End.Terminated, [-3], []);
        steps.Add([4, 5], [], [1, 1], [], [10, 20], End.Truncated, [-5], []);
        steps.Add([6], [], [0], [], [1000], End.Running, [-6], []);
        return new(steps, new() { Kind = DatasetKind.Replay, Behaviour = "by hand", Seed = 7 });
    }
}
