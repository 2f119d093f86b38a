namespace Pilotage.Evaluation;

/// <summary>How much of a study is run.</summary>
public enum Scale
{
    /// <summary>At most ten CPU-seconds: proves that everything runs, gives no verdict.</summary>
    Smoke,

    /// <summary>Minutes on two cores: gives verdicts.</summary>
    Laptop,

    /// <summary>The paper's own settings, for the user's hardware.</summary>
    Paper,
}
