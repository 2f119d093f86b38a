namespace Pilotage.Systems.Language.LpReg;

/// <summary>Which of the two published descriptions of the gate and of the clip is followed.</summary>
public enum LpRegForm : byte
{
    /// <summary>The released code: the least probable share of the negative tokens of an update, never clipped from above where the advantage is negative.</summary>
    Repo,

    /// <summary>The paper's equation 6: tokens below the quantile of all tokens of an update; the ratio is clipped to [0, U] for all.</summary>
    Paper,
}
