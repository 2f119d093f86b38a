using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.LpReg;

/// <summary>Settings of <see cref="LpReg"/>. Defaults: the released code's run scripts for 14 billion parameters (github.com/CarlanLark/Lp-Reg-dev).</summary>
[Settings]
public sealed partial record LpRegConfig
{
    /// <summary>Threshold of the proxy distribution (kappa): a share of the largest probability, or a probability itself with the fixed filter. High: useful rare tokens are taken for noise; near 0: noise is protected.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double Kappa { get; init; } = 0.02;

    /// <summary>Share of tokens that may be protected in an update (rho). 0: none; 1: all negative ones. With few tokens take more: at most one token protects nothing. Paper: 0.005-0.01.</summary>
    [Range(0.0, 1.0)]
    public double Share { get; init; } = 0.01;

    /// <summary>Weight of the divergence from the proxy distribution (beta).</summary>
    [Range(0.0, 1e6)]
    public double Weight { get; init; } = 1;

    /// <summary>Ratios are clipped to at most this (U), above 1. Near 1: no learning from tokens that became likelier.</summary>
    [Range(1.0, 1e6, MinimumIsExclusive = true)]
    public double HighestRatio { get; init; } = 10;

    /// <summary>Limit of the divergence estimate of a token. A token beyond it has no gradient of it any more.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double HighestDivergence { get; init; } = 10;

    /// <summary>Gate and clip of the released code, or of the paper.</summary>
    public LpRegForm Form { get; init; } = LpRegForm.Repo;

    /// <summary>What is taken for noise.</summary>
    public LpRegFilter Filter { get; init; } = LpRegFilter.MinP;

    /// <summary>How far the policy is from the proxy distribution.</summary>
    public LpRegDivergence Divergence { get; init; } = LpRegDivergence.K3;

    /// <summary>What does not go together with how a step is descended.</summary>
    /// <param name="batch">Its settings.</param>
    /// <returns>A sentence for each problem.</returns>
    internal IEnumerable<string> ProblemsWith(GroupBatchConfig batch)
    {
        if (Filter == LpRegFilter.None && batch is { Minibatches: 1, Epochs: 1 })
            yield return "method.filter = None does nothing with one update a step: proxy and policy are then equal where the gradient is taken. Set apply.batch.minibatches or apply.batch.epochs above 1.";
    }
}
