using System.Globalization;
using System.Text;
using System.Text.Json;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Writes what a user takes home: orders, the policy, costs of each series, the trace of one.</summary>
internal sealed class HdpoFiles(string folder, UserDemand demand, ApplySettings settings)
{
    private const string Weights = "recommended-policy.safetensors", Description = "recommended-policy.json";

    /// <summary>What to order now: for the stock given, or for the stock that the policy would have at the end of the history.</summary>
    /// <param name="recommended">The policy.</param>
    /// <returns>The file's name.</returns>
    public string Orders(OrderCandidate recommended)
    {
        const string Name = "orders.csv";
        var (world, panel) = (demand.World, demand.World.Panel);
        var (width, past) = (world.Network.Width, PanelWorld.Past);
        var state = new float[panel.Count * width];
        if (demand.Stock is { } stock)
            for (var i = 0; i < state.Length; i++) state[i] = stock[i] / panel.Units[i / width];
        else
            state = ScenarioRun.Of(recommended.On(world.Test), world.Test, 0).LastState;

        // One more period, whose demand nobody knows: only its past is looked at.
        var history = new float[panel.Count * (past + 1)];
        for (var i = 0; i < panel.Count; i++) panel.Values.AsSpan((i + 1) * panel.Periods - past, past).CopyTo(history.AsSpan(i * (past + 1)));
        var now = new ScenarioSet(world.Network, history, state, 1, past) { Terms = world.Terms };
        var orders = new float[panel.Count];
        using (Step.Begin(gradient: Gradient.None))
        {
            var batch = new ScenarioBatch(now, panel.Count).FillAll();
            recommended.On(now).Orders(new(Tensor.From(state, panel.Count, 1, width), batch, 0)).CopyTo(orders);
        }
        var text = new StringBuilder("series,order,on_hand,on_the_way\n");
        for (var i = 0; i < panel.Count; i++)
        {
            var own = state.AsSpan(i * width, width);
            var unit = panel.Units[i];
            var coming = 0f;
            foreach (var slot in own[1..]) coming += slot;
            text.Append(CultureInfo.InvariantCulture, $"\"{panel.Names[i]}\",{Math.Max(0, Math.Round(orders[i] * unit, MidpointRounding.AwayFromZero)):0},{own[0] * unit:0.##},{coming * unit:0.##}\n");
        }
        File.WriteAllText(Path.Combine(folder, Name), text.ToString());
        return Name;
    }

    /// <summary>What each policy costs for each series.</summary>
    /// <returns>The file's name.</returns>
    public string Costs(IReadOnlyList<TestedCandidate> tested)
    {
        const string Name = "costs.csv";
        var text = new StringBuilder("series," + string.Join(",", tested.Select(t => t.Candidate.Name.Replace(' ', '_'))) + "\n");
        for (var i = 0; i < demand.World.Panel.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\"{demand.World.Panel.Names[i]}\"");
            foreach (var candidate in tested) text.Append(CultureInfo.InvariantCulture, $",{candidate.Costs[i]:0.####}");
            text.Append('\n');
        }
        File.WriteAllText(Path.Combine(folder, Name), text.ToString());
        return Name;
    }

    /// <summary>Stock, order and demand of the largest series in the test periods.</summary>
    /// <returns>The file's name.</returns>
    public string Trace(TestedCandidate tested)
    {
        const string Name = "trace.csv";
        var text = new StringBuilder("period,on_hand,order,demand,counted\n");
        var first = demand.Periods.Count - tested.Trace.Count;
        for (var t = 0; t < tested.Trace.Count; t++)
        {
            var (onHand, order, wanted) = tested.Trace[t];
            text.Append(CultureInfo.InvariantCulture, $"{demand.Periods[first + t]},{onHand:0.##},{order:0.##},{wanted:0.##},{(t < demand.World.Ignored ? "no" : "yes")}\n");
        }
        File.WriteAllText(Path.Combine(folder, Name), text.ToString());
        return Name;
    }

    /// <summary>The recommended policy as JSON, with the network's weights beside it.</summary>
    /// <returns>The files' names.</returns>
    public IReadOnlyList<string> Policy(OrderCandidate recommended)
    {
        using (var stream = File.Create(Path.Combine(folder, Description)))
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("policy", recommended.Name);
            json.WriteNumber("leadTime", settings.LeadTime);
            json.WriteNumber("holdingCost", settings.HoldingCost);
            json.WriteNumber("shortageCost", settings.ShortageCost);
            json.WriteNumber("pastPeriods", PanelWorld.Past);
            if (recommended.Name == OrderCandidates.RuleInUse) json.WriteNumber("cover", settings.Cover);
            if (recommended.Network is not null) json.WriteString("weights", Weights);
            json.WriteEndObject();
        }
        if (recommended.Network is not { } network) return [Description];
        var writer = new SafetensorsWriter();
        foreach (var block in network.Parameters.Blocks) writer.Add(block);
        using (var stream = File.Create(Path.Combine(folder, Weights))) writer.Write(stream);
        return [Description, Weights];
    }
}
