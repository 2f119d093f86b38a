namespace Pilotage.Systems.Language.Hbpo;

/// <summary>What a correct answer is worth to the methods that HBPO is compared with; a wrong one is worth 0.</summary>
internal enum LengthReward
{
    /// <summary>1: how long it is does not matter (classic GRPO).</summary>
    Classic,

    /// <summary>beta cos(pi n / (2 L_max)): shorter is better, for every problem alike.</summary>
    Cosine,

    /// <summary>1 - n / L_max: a price for each token, as in arXiv:2502.04463 (TLMRE) without its sigmoid.</summary>
    Linear,
}
