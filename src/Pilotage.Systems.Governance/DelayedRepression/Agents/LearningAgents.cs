namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Agents with a table of action values each: Q-learning with constant step size and exploration, ties broken at random.</summary>
/// <param name="count">Number of agents.</param>
/// <param name="stepSize">alpha, in (0, 1].</param>
/// <param name="discount">gamma, in [0, 1).</param>
/// <param name="exploration">epsilon, in [0, 1].</param>
internal readonly struct LearningAgents(int count, double stepSize, double discount, double exploration) : IArchitecture
{
    private const int Stride = Activity.Count + 1;       // four values to a situation: a row is one aligned piece of memory, the last never used

    private readonly float[] _values = new float[count * Situation.Count * Stride];
    private readonly float _stepSize = (float)stepSize, _discount = (float)discount, _exploration = (float)exploration;

    /// <summary>An agent's value of an activity in a situation.</summary>
    public float Value(int agent, int situation, int activity) => _values[(agent * Situation.Count + situation) * Stride + activity];

    /// <inheritdoc/>
    public int Choose(int agent, int situation, ulong bits)
    {
        var choice = DrawBits.Choice(bits);
        if (DrawBits.Exploration(bits) < _exploration) return (int)(choice * Activity.Count);
        var row = _values.AsSpan((agent * Situation.Count + situation) * Stride, Activity.Count);
        var greatest = Math.Max(row[0], Math.Max(row[1], row[2]));
        var ties = (row[0] == greatest ? 1 : 0) | (row[1] == greatest ? 2 : 0) | (row[2] == greatest ? 4 : 0);
        return ties switch
        {
            1 => 0,
            2 => 1,
            4 => 2,
            3 => choice < 0.5f ? 0 : 1,
            5 => choice < 0.5f ? 0 : 2,
            6 => choice < 0.5f ? 1 : 2,
            _ => (int)(choice * Activity.Count),
        };
    }

    /// <inheritdoc/>
    public void Learn(int agent, int situation, int activity, float reward, int next)
    {
        var after = _values.AsSpan((agent * Situation.Count + next) * Stride, Activity.Count);
        ref var value = ref _values[(agent * Situation.Count + situation) * Stride + activity];
        value += _stepSize * (reward + _discount * Math.Max(after[0], Math.Max(after[1], after[2])) - value);
    }
}
