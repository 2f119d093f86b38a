using Pilotage.Environments;

namespace Pilotage.Algorithms.Tabular;

/// <summary>One row's last step, as a learner reads it. A view: valid until the next step.</summary>
internal readonly struct TabularStep(TabularPlay play, int row)
{
    public int Row => row;

    /// <summary>s.</summary>
    public int State => play.States[row];

    /// <summary>a.</summary>
    public int Action => play.Actions[row];

    /// <summary>r.</summary>
    public float Reward => play.Rewards[row];

    public End End => play.Ends[row];

    /// <summary>s': of the true final frame where the episode ended.</summary>
    public int NextState => play.NextStates[row];

    /// <summary>Legal actions in s'; empty where all are.</summary>
    public ReadOnlySpan<bool> NextLegal => play.NextLegal(row);

    /// <summary>r and s' as they are remembered; a state of -1 where nothing follows.</summary>
    public RememberedOutcome Outcome => new(Reward, End == End.Terminated ? -1 : NextState, LegalSet.Of(NextLegal));
}
