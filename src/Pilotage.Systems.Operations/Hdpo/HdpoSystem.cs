using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Inventory networks: how much every store and warehouse should order, learned through the simulator.</summary>
public sealed class HdpoSystem : ISystem, IMeasurable
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "hdpo", "Deep Reinforcement Learning for Inventory Networks: Toward Reliable Policy Optimization", "arXiv:2306.11246", "Operations",
        "How much every store and warehouse should order, when demand is uncertain and deliveries take time",
        [
            ("Decision", "an order on each route of the network, each period"),
            ("Observation", "stock on hand and on the way at each location; past demand and calendar where demand is recorded"),
            ("Cost", "h x stock left + p x demand not met, a period; backlog or lost sales"),
            ("Rules", "base stock, capped base stock, echelon stock, trained by the same gradient"),
            ("Learners", "perceptrons, symmetric and graph networks by backpropagation through the simulator; PPO and REINFORCE beside them"),
            ("Records", "orders up to forecast quantiles, a network of past demand, two bounds"),
            ("Exact", "closed form, Clark-Scarf recursion, dynamic programme for lost sales"),
            ("Data", "weekly sales of 6048 product-store series (Favorita) by --data; made-up sales without"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.1, [Scale.Laptop] = 5, [Scale.Paper] = 3000 },
        "Demand as CSV (series,period,value; every series in every period) and maybe the stock of now (CSV series,on_hand,arriving_1, …); lead time, costs and the rule in use as settings. For a network also its routes (CSV from,to,lead_time) and locations (CSV location,holding_cost,shortage_cost,level)")
    {
        SharesApply = true,
    };

    /// <inheritdoc/>
    public SpeedGroup Speed => HdpoSpeed.Group;

    /// <inheritdoc/>
    public SettingsSchema Settings => HdpoConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => HdpoStudy.Create((HdpoConfig)request.Settings, request.Scale, request.SeedCount, request.DataFolder, request.Device);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
        request.Inputs.Any(InputKind.IsRoutes) ? NetworkApplication.Run(request, progress, cancellation) : HdpoApplication.Run(request, progress, cancellation);
}
