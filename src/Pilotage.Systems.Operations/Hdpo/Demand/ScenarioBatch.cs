namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Some scenarios of a set, copied side by side. Buffers are allocated once and filled again for each update.</summary>
internal sealed class ScenarioBatch
{
    private readonly ScenarioSet _set;
    private readonly float[] _demand, _initial, _period, _window, _others;
    private readonly int[] _chosen;

    /// <param name="set">Where scenarios come from.</param>
    /// <param name="count">B, how many are side by side.</param>
    public ScenarioBatch(ScenarioSet set, int count)
    {
        _set = set;
        Count = count;
        var network = set.Network;
        (_demand, _initial, _chosen) = (new float[count * network.StoreCount * set.PathLength], new float[count * network.Count * network.Width], new int[count]);
        _period = new float[count * network.StoreCount];
        _others = new float[4 * count];
        if (set.Terms is not null) (Holding, Penalty, Arrivals) = (new float[count], new float[count], new float[count * network.Width]);
        _window = new float[count * network.StoreCount * set.PathLength];
    }

    /// <summary>B.</summary>
    public int Count { get; }

    /// <summary>T.</summary>
    public int Periods => _set.Periods;

    /// <summary>The network of all scenarios.</summary>
    public InventoryNetwork Network => _set.Network;

    /// <summary>Costs and lead times of each scenario of the whole set; see <see cref="Chosen"/>.</summary>
    public ScenarioTerms? Terms => _set.Terms;

    /// <summary>Place in the set of each scenario of the batch.</summary>
    public ReadOnlySpan<int> Chosen => _chosen;

    /// <summary>h of each scenario, [B]; empty where the network's own terms hold.</summary>
    public float[] Holding { get; } = [];

    /// <summary>h + p of each scenario, [B]; empty where the network's own terms hold.</summary>
    public float[] Penalty { get; } = [];

    /// <summary>1 where each scenario's order enters the state, [B, W]; empty where the network's own terms hold.</summary>
    public float[] Arrivals { get; } = [];

    /// <summary>State before period 0, [B, K, W].</summary>
    public ReadOnlySpan<float> Initial => _initial;

    /// <summary>Takes scenarios.</summary>
    /// <param name="scenarios">Their places in the set; as many as the batch has.</param>
    public void Fill(ReadOnlySpan<int> scenarios)
    {
        var path = _set.Network.StoreCount * _set.PathLength;
        var state = _set.Network.Count * _set.Network.Width;
        scenarios.CopyTo(_chosen);
        for (var i = 0; i < scenarios.Length; i++)
        {
            _set.Demand.AsSpan(scenarios[i] * path, path).CopyTo(_demand.AsSpan(i * path));
            _set.Initial.AsSpan(scenarios[i] * state, state).CopyTo(_initial.AsSpan(i * state));
        }
        if (_set.Terms is not { } terms) return;
        Arrivals.AsSpan().Clear();
        for (var i = 0; i < scenarios.Length; i++)
        {
            Holding[i] = terms.HoldingCosts[scenarios[i]];
            Penalty[i] = terms.HoldingCosts[scenarios[i]] + terms.ShortageCosts[scenarios[i]];
            Arrivals[i * Network.Width + terms.LeadTimes[scenarios[i]] - 1] = 1;
        }
    }

    /// <summary>Takes all scenarios in their order.</summary>
    public ScenarioBatch FillAll()
    {
        Span<int> all = new int[Count];
        for (var i = 0; i < Count; i++) all[i] = i;
        Fill(all);
        return this;
    }

    /// <summary>The demand of one period.</summary>
    /// <param name="period">In [-past, T).</param>
    /// <returns>[B, S], valid until the next call.</returns>
    public ReadOnlySpan<float> Demand(int period)
    {
        var length = _set.PathLength;
        for (int i = 0, at = _set.PastPeriods + period; i < _period.Length; i++, at += length) _period[i] = _demand[at];
        return _period;
    }

    /// <summary>The demand of the periods before one, oldest first.</summary>
    /// <param name="period">In [0, T].</param>
    /// <param name="length">How many; those before the first known count as 0.</param>
    /// <returns>[B, S, length], valid until the next call.</returns>
    public ReadOnlySpan<float> Past(int period, int length) => Window(_set.PastPeriods + period - length, length);

    /// <summary>The demand of a period and those after it: what no attainable policy may look at.</summary>
    /// <param name="period">In [0, T).</param>
    /// <param name="length">How many; those after the last count as 0.</param>
    /// <returns>[B, S, length], valid until the next call.</returns>
    public ReadOnlySpan<float> Future(int period, int length) => Window(_set.PastPeriods + period, length);

    /// <summary>Share of a year between a period and the next Christmas; 0 where periods have no date.</summary>
    public float Calendar(int period) => _set.Calendar.Length == 0 ? 0 : _set.Calendar[_set.PastPeriods + period];

    /// <summary>What else describes a scenario to a network: h, p / 10, L / 10 and the calendar.</summary>
    /// <param name="period">In [0, T).</param>
    /// <returns>[B, 4], valid until the next call.</returns>
    public ReadOnlySpan<float> Others(int period)
    {
        for (var i = 0; i < Count; i++)
        {
            var others = _others.AsSpan(4 * i, 4);
            var scenario = _chosen[i];
            (others[0], others[1], others[2]) = Terms is { } terms ? (terms.HoldingCosts[scenario], terms.ShortageCosts[scenario] / 10, terms.LeadTimes[scenario] / 10f)
                : ((float)Network.Locations[0].HoldingCost, (float)Network.Locations[0].ShortageCost / 10, Network.Routes[^1].LeadTime / 10f);
            others[3] = Calendar(period);
        }
        return _others;
    }

    private ReadOnlySpan<float> Window(int from, int length)
    {
        var (path, rows) = (_set.PathLength, _period.Length);
        var window = _window.AsSpan(0, rows * length);
        window.Clear();
        var (begin, end) = (Math.Max(0, from), Math.Min(path, from + length));
        for (var row = 0; row < rows && begin < end; row++)
            _demand.AsSpan(row * path + begin, end - begin).CopyTo(window[(row * length + begin - from)..]);
        return window;
    }
}
