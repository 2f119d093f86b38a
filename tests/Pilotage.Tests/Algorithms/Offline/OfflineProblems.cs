using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;

namespace Pilotage.Tests.Algorithms.Offline;

/// <summary>Data sets whose values are known by hand.</summary>
internal static class OfflineProblems
{
    /// <summary>
    /// Two states. In the first, stopping pays 0.25 and going leads to the second; there stopping pays 1 and is done in a share of the visits only, the other action pays nothing; both end.
    /// With gamma 0.5 going is worth 0.5 to who plays well in the second state and half that share to who plays on as the data do.
    /// </summary>
    /// <param name="good">Times in eight that the paying action is done in the second state.</param>
    public static TransitionDataset Chain(int good)
    {
        var shown = new Demonstrations(new() { Name = "Chain", ObservationSize = 2, Actions = new ActionSpace.Discrete(2) });
        for (var i = 0; i < 8; i++)
        {
            shown.Add([1, 0], [], [0], [], [0.25f], End.Terminated, [9, 9], []);
            var pays = i < good;
            shown.Add([1, 0, 0, 1], [], [1, pays ? 0 : 1], [], [0, pays ? 1 : 0], End.Terminated, [9, 9], []);
        }
        return new(shown, new());
    }

    /// <summary>One state, 0.2 a step, cut after four steps; with gamma 0.8 a step is worth 1. Both actions are done.</summary>
    public static TransitionDataset Income(End end)
    {
        var shown = new Demonstrations(new() { Name = "Income", ObservationSize = 1, Actions = new ActionSpace.Discrete(2), TimeLimit = 4 });
        for (var i = 0; i < 4; i++) shown.Add([1, 1, 1, 1], [], [i % 2, 1, 0, 1 - i % 2], [], [0.2f, 0.2f, 0.2f, 0.2f], end, [1], []);
        return new(shown, new());
    }

    /// <summary>One observation. The first step must take action 1, which pays 1; all others must take action 0, which pays nothing. Only the mask of the next frame keeps 1 out of the targets.</summary>
    public static TransitionDataset Masked()
    {
        var shown = new Demonstrations(new() { Name = "Masked", ObservationSize = 1, Actions = new ActionSpace.Discrete(2, Masked: true) });
        for (var i = 0; i < 4; i++) shown.Add([1, 1, 1], [false, true, true, false, true, false], [1, 0, 0], [], [1, 0, 0], End.Truncated, [1], [true, false]);
        return new(shown, new());
    }
}
