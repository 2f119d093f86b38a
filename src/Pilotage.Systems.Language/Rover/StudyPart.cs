namespace Pilotage.Systems.Language.Rover;

/// <summary>What a study runs.</summary>
public enum StudyPart
{
    /// <summary>Random trees: the theorems, and trees that break their conditions (A).</summary>
    Exact,

    /// <summary>The paper's strings, learned from samples (B).</summary>
    Toy,

    /// <summary>Countdown puzzles: the method beside GRPO in its forms (C).</summary>
    Countdown,
}
