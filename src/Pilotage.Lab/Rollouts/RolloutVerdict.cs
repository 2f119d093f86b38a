namespace Pilotage.Lab.Rollouts;

/// <summary>What is to be done with an answer.</summary>
public enum RolloutVerdict
{
    /// <summary>Learn from it: it is the first of its piece.</summary>
    Use,

    /// <summary>Drop it: its piece was used.</summary>
    Repeated,

    /// <summary>Drop it: it belongs to an earlier rollout, or was played with other weights.</summary>
    Late,

    /// <summary>Send the task again: its worker died.</summary>
    SendAgain,
}
