namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Agents on a graph who earn by what they do, and a regulator who sees the alarm they cause some steps late.</summary>
/// <remarks>
/// A step, all agents at once: the alarm of <c>delay + 1</c> steps ago arrives; every agent looks and acts; punishments are drawn with the alarm that has
/// arrived; rewards are paid with the influence of the new actions; the new alarm is sent; agents learn, seeing the next alarm that arrives.
/// </remarks>
internal sealed class Society
{
    private readonly SocialGraph _graph;
    private readonly Population _population;
    private readonly SocietySettings _settings;
    private readonly SocietySettings.Payoffs _payoffs;
    private readonly float[] _activity, _influence;
    private readonly byte[] _situation, _action;
    private readonly ulong[] _bits;
    private readonly double[] _alarms;                   // on their way, a ring: the next to arrive is at _arriving
    private int _arriving;
    private Randomness _random;

    /// <param name="graph">Who influences whom.</param>
    /// <param name="population">The agents.</param>
    /// <param name="settings">Payoffs and the response.</param>
    /// <param name="delay">Steps that an alarm is under way beyond the first, at least 0.</param>
    /// <param name="seeds">Branch of all chance of the run.</param>
    public Society(SocialGraph graph, Population population, SocietySettings settings, int delay, SeedTree seeds)
    {
        (_graph, _population, _settings, _payoffs, _random) = (graph, population, settings, settings.Table, seeds.Start());
        (_activity, _influence) = (new float[graph.Count], new float[graph.Count]);
        (_situation, _action, _bits) = (new byte[graph.Count], [.. population.Start], new ulong[graph.Count]);
        for (var i = 0; i < graph.Count; i++) _activity[i] = _action[i];
        _alarms = new double[delay + 1];
        Array.Fill(_alarms, CountAlarm());
        for (var i = 0; i < graph.Count; i++) _situation[i] = (byte)Look(i, Situation.AlarmLevel(SeenAlarm), punished: 0);
    }

    /// <summary>The alarm that the regulator sees now.</summary>
    public double SeenAlarm => _alarms[_arriving];

    /// <summary>The alarm that the present actions cause.</summary>
    public double Alarm => _alarms[_arriving == 0 ? ^1 : _arriving - 1];

    /// <summary>Share of radicals now.</summary>
    public double Radicals { get; private set; }

    /// <summary>What agents earned in the last step, on average.</summary>
    public double MeanReward { get; private set; }

    /// <summary>How strong the last response was: u times the logistic of the alarm seen, without the agents' detectability.</summary>
    public double Response { get; private set; }

    /// <summary>Lives through one step.</summary>
    /// <param name="architecture">How agents decide.</param>
    /// <param name="regulator">Who answers.</param>
    /// <typeparam name="TArchitecture">A struct, so that the loop is compiled for it.</typeparam>
    public void Step<TArchitecture>(ref TArchitecture architecture, IRegulator regulator) where TArchitecture : struct, IArchitecture
    {
        var strength = regulator.Choose(SeenAlarm, Radicals);
        Response = strength * Logistic.Of(_settings.Sharpness * (SeenAlarm - _settings.AlarmThreshold));
        var radicals = 0;
        for (var i = 0; i < _action.Length; i++)
        {
            var bits = _bits[i] = _random.NextBits();
            var action = architecture.Choose(i, _situation[i], bits);
            (_action[i], _activity[i]) = ((byte)action, action);
            if (action == Activity.Radical) radicals++;
        }
        _alarms[_arriving] = CountAlarm();
        _arriving = _arriving + 1 == _alarms.Length ? 0 : _arriving + 1;
        Radicals = (double)radicals / _action.Length;
        MeanReward = Reward(ref architecture) / _action.Length;
        regulator.Learn(SeenAlarm, Radicals);
    }

    private double Reward<TArchitecture>(ref TArchitecture architecture) where TArchitecture : struct, IArchitecture
    {
        var (response, total, level) = ((float)Response, 0.0, Situation.AlarmLevel(SeenAlarm));
        for (var i = 0; i < _action.Length; i++)
        {
            int action = _action[i];
            var punished = DrawBits.Punishment(_bits[i]) < Math.Min(1, response * _population.Detectability[i]) ? 1 : 0;
            var next = Look(i, level, punished);
            var reward = _population.Charisma[i] * _payoffs.Benefit(action) + _payoffs.Contagion * _influence[i] * action - punished * _population.CostScale[i] * _payoffs.Cost(action);
            architecture.Learn(i, _situation[i], action, reward, next);
            _situation[i] = (byte)next;
            total += reward;
        }
        return total;
    }

    // What an agent sees: adds up the activity of those who influence it.
    private int Look(int agent, int alarmLevel, int punished)
    {
        var influence = 0f;
        for (var edge = _graph.First[agent]; edge < _graph.First[agent + 1]; edge++) influence += _graph.Weights[edge] * _activity[_graph.Sources[edge]];
        _influence[agent] = influence;
        return Situation.Of(influence, alarmLevel, punished, _graph.Bridges[agent] ? 1 : 0);
    }

    private double CountAlarm()
    {
        var alarm = 0.0;
        for (var i = 0; i < _activity.Length; i++) alarm += _population.Detectability[i] * _activity[i];
        return alarm / _activity.Length;
    }
}
