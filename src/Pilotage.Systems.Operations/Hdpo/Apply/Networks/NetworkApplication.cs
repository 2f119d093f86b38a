using System.Globalization;
using System.Text;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Answers a user's problem on a network: is a trained policy better than the levels in use, and what should every route carry now.</summary>
internal static class NetworkApplication
{
    private const int Blocks = 10;
    private const string Weights = "recommended-policy.safetensors";
    private static readonly string[] Columns = ["policy", "cost/period", "against the rule in use (95 %)", "met from stock", "verdict"];

    private sealed record Candidate(string Name, IOrderPolicy Policy, double Validation);

    private sealed record Tested(Candidate Candidate, ScenarioRun Run, double[] Costs, List<double> Stock);

    /// <summary>Solves the problem and writes the files.</summary>
    /// <exception cref="UserMistakeException">Input or settings cannot be used.</exception>
    public static ApplyReport Run(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var config = (HdpoConfig)request.Settings;
        progress?.Report((0, "reading the network"));
        var seeds = SeedTree.Root(request.Seed);
        var user = UserNetwork.Read(request.Inputs, config.Apply, seeds.Branch("first states"));
        var candidates = Train(user, config, seeds, request, progress, cancellation);
        var recommended = candidates.MinBy(candidate => candidate.Validation)!;
        progress?.Report((0.95, "judging on the test periods"));
        var tested = candidates.Select(candidate => Test(candidate, user)).ToList();
        var results = new StudyResults();
        foreach (var one in tested)
            results.Add(one.Candidate.Name, 0, [.. one.Costs.Chunk((one.Costs.Length + Blocks - 1) / Blocks).Select((block, i) => new Measurement("cost", FormattableString.Invariant($"stretch-{i}"), block.Average()))]);
        var rows = tested.OrderByDescending(one => one.Candidate == recommended).ThenBy(one => one.Candidate.Validation).Select(one => Row(one, results)).ToList();
        var files = Write(request.OutputFolder, user, recommended);
        var rule = Money(tested[0].Costs.Average());
        var headline = recommended.Name == OrderCandidates.RuleInUse ? $"No, nothing is better than your levels: keep them. Nothing that was trained beat them on the validation periods; they cost {rule} a period."
            : rows[0][^1] == "better" ? $"Yes, {recommended.Name} is better than your levels: {rows[0][1]} a period instead of {rule}, {rows[0][2]}, on periods that nothing had seen."
            : $"Not shown to be better: keep your levels until more is known. {recommended.Name} won on the validation periods, but its cost of {rows[0][1]} a period, {rows[0][2]} against the rule, is {rows[0][^1]}.";
        return new(headline, Columns, rows,
        [
            $"Read {user.Network.StoreCount} store(s), {user.Network.Count - user.Network.StoreCount} warehouse(s), {user.Network.Routes.Count} routes and {user.Demand.Periods.Count} periods; trained on {user.Training.Count} windows, judged on the last {user.Test.Periods - user.ValidationLength} periods.",
            user.Files.Levels.Count > 0 ? "The rule in use orders up to the levels of the locations file." : "The locations file has no column level: the rule in use is the textbook's base stock of mean and spread over the lead time.",
            $"Policies were chosen on the validation periods. Intervals are over {Blocks} stretches of the test periods, paired with the rule in use.",
            user.Stock is null ? "orders.csv begins from the stock that the recommended policy would have at the end of the history." : "orders.csv is for the stock that you gave.",
        ], files)
        { Plots = Plots(user, tested, recommended) };
    }

    private static List<Candidate> Train(UserNetwork user, HdpoConfig config, SeedTree seeds, ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        var scale = user.Process.Means.Average();
        // The last network counts: one that was picked on the validation periods would be flattered by them when it is held against rules.
        var networks = TrainedNetworks.Of(
            request, config.Apply.Seeds, seed => new GraphNetwork(user.Network, user.Process, config.GraphWidth, rounds: 1, seeds.Branch(seed)),
            (network, seed, stop) => new PathwiseTrainer(config.Warehouse with { Updates = config.Apply.Updates, ValidationPeriod = 0 }, network, user.Training, seeds.Branch(seed)).Run(stop),
            count => progress?.Report((0.05 + 0.8 * count / config.Apply.Seeds, FormattableString.Invariant($"{count} of {config.Apply.Seeds} graph networks trained"))), cancellation);
        Candidate Judged(string name, IOrderPolicy policy) => new(name, policy, ScenarioRun.Of(policy, user.Validation, user.WarmUp).MeanCost);
        var candidates = new List<Candidate> { Judged(OrderCandidates.RuleInUse, new BaseStock(user.Network, user.Files.Levels.Count > 0 ? user.Files.Levels : user.TextbookLevels(isEchelon: false), scale)) };
        progress?.Report((0.85, "training echelon levels"));
        var levels = new BaseStock(user.Network, user.TextbookLevels(isEchelon: true), scale, isEchelon: true);
        new PathwiseTrainer(config.Rules with { ValidationPeriod = 0 }, levels, user.Training, seeds.Branch("levels")).Run(cancellation);
        candidates.Add(Judged("trained echelon levels", levels));
        candidates.Add(networks.Select(network => Judged("graph network", network)).MinBy(candidate => candidate.Validation)!);
        return candidates;
    }

    private static Tested Test(Candidate candidate, UserNetwork user)
    {
        var (network, stock) = (user.Network, new List<double>());
        var run = ScenarioRun.Of(candidate.Policy, user.Test, user.ValidationLength, trace: (_, state, _, _) =>
        {
            var sum = 0.0;
            for (var k = 0; k < network.Count; k++) sum += Math.Max(0, state[k * network.Width]);
            stock.Add(sum);
        });
        return new(candidate, run, run.PeriodCosts, stock);
    }

    private static IReadOnlyList<string> Row(Tested tested, StudyResults results)
    {
        var (difference, verdict) = ("", OrderCandidates.RuleInUse);
        if (tested.Candidate.Name != OrderCandidates.RuleInUse)
        {
            var effect = PairedEffect.Of(results, tested.Candidate.Name, OrderCandidates.RuleInUse, "cost", new EffectRule { Unit = Replication.Instance });
            difference = FormattableString.Invariant($"{effect.Estimate:+0.##;-0.##} [{effect.Low:+0.##;-0.##}, {effect.High:+0.##;-0.##}]");
            verdict = effect.High < 0 ? "better" : effect.Low > 0 ? "worse" : "not decided";
        }
        return [tested.Candidate.Name, Money(tested.Costs.Average()), difference, tested.Run.FillRate.ToString("0.0 %", CultureInfo.InvariantCulture), verdict];
    }

    private static List<string> Write(string folder, UserNetwork user, Candidate recommended)
    {
        var network = user.Network;
        string Name(int place) => place == Route.Supplier ? NetworkFiles.SupplierName : network.Locations[place].Name;
        var state = user.Stock ?? ScenarioRun.Of(recommended.Policy, user.Test, user.ValidationLength).LastState;
        var orders = new float[network.Routes.Count];
        using (Step.Begin(gradient: Gradient.None))
        {
            var now = new ScenarioSet(network, new float[network.StoreCount], state, 1);
            recommended.Policy.Orders(new(Tensor.From(state, 1, network.Count, network.Width), new ScenarioBatch(now, 1).FillAll(), 0)).CopyTo(orders);
        }
        var text = new StringBuilder("from,to,order,on_hand_at_from\n");
        for (var e = 0; e < orders.Length; e++)
        {
            var from = network.Routes[e].From;
            text.Append(CultureInfo.InvariantCulture, $"\"{Name(from)}\",\"{Name(network.Routes[e].To)}\",{orders[e]:0.##},{(from == Route.Supplier ? "" : state[from * network.Width].ToString("0.##", CultureInfo.InvariantCulture))}\n");
        }
        File.WriteAllText(Path.Combine(folder, "orders.csv"), text.ToString());
        if (recommended.Policy is BaseStock rule)
        {
            File.WriteAllLines(Path.Combine(folder, "levels.csv"), rule.Levels.Select((level, k) => string.Create(CultureInfo.InvariantCulture, $"\"{Name(k)}\",{level:0.##}")).Prepend("location,level"));
            return ["orders.csv", "levels.csv"];
        }
        var writer = new SafetensorsWriter();
        foreach (var block in recommended.Policy.Parameters.Blocks) writer.Add(block);
        using (var stream = File.Create(Path.Combine(folder, Weights))) writer.Write(stream);
        return ["orders.csv", Weights];
    }

    private static IReadOnlyList<Plot> Plots(UserNetwork user, List<Tested> tested, Candidate recommended)
    {
        double[] periods = [.. Enumerable.Range(1, user.Test.Periods - user.ValidationLength).Select(t => (double)t)];
        var stores = user.Network.StoreCount;
        double Held(Tested one, bool atStores) => one.Run.OnHand.Select((stock, k) => (k < stores) == atStores ? stock * user.Network.Locations[k].HoldingCost : 0).Sum();
        var shown = tested.Where(one => one.Candidate == recommended || one.Candidate.Name == OrderCandidates.RuleInUse);
        return
        [
            new BarPlot("costs", "What each policy costs in a test period", new("cost", "a period"), [.. tested.Select(one => one.Candidate.Name)],
            [
                new("held at stores", [.. tested.Select(one => Held(one, atStores: true))]), new("held at warehouses", [.. tested.Select(one => Held(one, atStores: false))]),
                new("demand not met, routes", [.. tested.Select(one => one.Costs.Average() - Held(one, atStores: true) - Held(one, atStores: false))]),
            ]),
            new LinePlot("stock", "Stock at all locations in the test periods", new("period", "of the test"), new("on hand", "units"),
                [.. shown.Select(one => new LineSeries(one.Candidate.Name, periods, [.. one.Stock.Skip(user.ValidationLength)]) { IsStepped = true, IsReference = one.Candidate.Name == OrderCandidates.RuleInUse })]),
        ];
    }

    private static string Money(double value) => value.ToString(value >= 100 ? "0" : "0.00", CultureInfo.InvariantCulture);
}
