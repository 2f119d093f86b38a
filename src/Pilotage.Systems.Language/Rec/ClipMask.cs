namespace Pilotage.Systems.Language.Rec;

/// <summary>Which tokens an update may learn from, by their ratio and the sign of their advantage (M). A token outside has no gradient but the regulariser's.</summary>
public enum ClipMask
{
    /// <summary>All.</summary>
    None,

    /// <summary>A &gt;= 0 and ratio &lt;= 1 + upper, or A &lt;= 0 and ratio &gt;= 1 - lower: PPO's, which keeps tokens that lag behind their advantage.</summary>
    OneSide,

    /// <summary>1 - lower &lt;= ratio &lt;= 1 + upper, whatever the advantage.</summary>
    TwoSide,

    /// <summary>The two-sided band, and beyond a wider one tokens that lag behind: A &gt;= 0 and ratio &lt;= 1 - outer lower, or A &lt;= 0 and ratio &gt;= 1 + outer upper.</summary>
    Ring,

    /// <summary>One-sided by the length-normalised ratio of the whole answer; answers count the same, whatever their length.</summary>
    AnswerOneSide,
}
