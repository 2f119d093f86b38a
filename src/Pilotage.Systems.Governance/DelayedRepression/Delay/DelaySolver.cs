using System.Runtime.InteropServices;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Solves one delay differential equation x'(t) = f(x(t), x(t - delay)) from a constant history, with control of the error.</summary>
/// <remarks>
/// Method of steps with the pair of Dormand and Prince (J. Comput. Appl. Math. 6, 1980) and its continuous extension (Hairer, Nørsett, Wanner, Solving
/// Ordinary Differential Equations I, II.6), which answers for the past. No step is longer than the delay, so the past is always known; the first
/// multiples of the delay, where a derivative of the solution jumps, are stepped onto.
/// </remarks>
internal sealed class DelaySolver
{
    private const double Safety = 0.9;
    private const double LeastShrink = 0.2;
    private const double MostGrowth = 5;
    private const int Jumps = 6;                         // the n-th derivative jumps at (n - 1) delays; beyond the order of the method it does not matter

    private readonly Func<double, double, double> _slope;
    private readonly double _delay;
    private readonly double _history;
    private readonly double _tolerance;
    private readonly List<Piece> _pieces = [];
    private double _step;

    /// <param name="slope">f(x(t), x(t - delay)).</param>
    /// <param name="delay">At least 0.</param>
    /// <param name="history">x(t) for all t up to 0.</param>
    /// <param name="tolerance">Error allowed in a step, relative to 1 + |x|; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public DelaySolver(Func<double, double, double> slope, double delay, double history, double tolerance = 1e-9)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(delay);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tolerance);
        (_slope, _delay, _history, _tolerance, Value) = (slope, delay, history, tolerance, history);
        _step = delay > 0 ? delay / 8 : 1e-3;
    }

    /// <summary>How far the solution is known.</summary>
    public double Time { get; private set; }

    /// <summary>x at <see cref="Time"/>.</summary>
    public double Value { get; private set; }

    /// <summary>Steps taken, refused ones not counted.</summary>
    public int Steps => _pieces.Count;

    /// <summary>Goes on until a time.</summary>
    /// <param name="time">Not before <see cref="Time"/>.</param>
    /// <exception cref="RunFailedException">The solution left the numbers, or needs steps too short to advance.</exception>
    public void AdvanceTo(double time)
    {
        while (Time < time)
        {
            var end = NextStop(time);
            var step = Math.Min(_step, end - Time);
            if (Time + step >= end * (1 - 1e-14)) step = end - Time;
            var error = Try(step, out var piece);
            if (!double.IsFinite(error) && step <= 1e-12) throw new RunFailedException(FormattableString.Invariant($"The delay equation has no finite solution beyond t = {Time}."));
            var scale = double.IsFinite(error) ? Math.Clamp(Safety * Math.Pow(Math.Max(error, 1e-12), -0.2), LeastShrink, MostGrowth) : LeastShrink;
            if (error <= 1)
            {
                _pieces.Add(piece);
                (Time, Value) = (piece.Start + step == end ? end : piece.Start + step, piece.At(1));
                // A step cut short by a stop says little about how long the next may be.
                _step = Math.Max(scale * step, Math.Min(_step, step * MostGrowth));
            }
            else
            {
                _step = scale * step;
                if (_step < 1e-14 * Math.Max(1, Time)) throw new RunFailedException(FormattableString.Invariant($"The delay equation needs steps below {_step:0.##e0} at t = {Time}: it is too stiff for this method."));
            }
            if (_delay > 0) _step = Math.Min(_step, _delay);
        }
    }

    /// <summary>x at a time, by the continuous extension.</summary>
    /// <param name="time">At most <see cref="Time"/>; the history up to 0.</param>
    public double At(double time)
    {
        if (time <= 0) return _history;
        var pieces = CollectionsMarshal.AsSpan(_pieces);
        var (low, high) = (0, pieces.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (pieces[middle].Start <= time) low = middle;
            else high = middle - 1;
        }
        ref readonly var piece = ref pieces[low];
        return piece.At((time - piece.Start) / piece.Length);
    }

    private double NextStop(double time)
    {
        var jump = _delay > 0 ? Math.Floor(Time / _delay * (1 + 1e-12) + 1) : Jumps;
        return jump < Jumps ? Math.Min(time, jump * _delay) : time;
    }

    // One step of the pair; gives the error in units of what is allowed.
    private double Try(double h, out Piece piece)
    {
        var (t, x) = (Time, Value);
        var k1 = F(t, x);
        var k2 = F(t + h / 5, x + h / 5 * k1);
        var k3 = F(t + 3 * h / 10, x + h * (3.0 / 40 * k1 + 9.0 / 40 * k2));
        var k4 = F(t + 4 * h / 5, x + h * (44.0 / 45 * k1 - 56.0 / 15 * k2 + 32.0 / 9 * k3));
        var k5 = F(t + 8 * h / 9, x + h * (19372.0 / 6561 * k1 - 25360.0 / 2187 * k2 + 64448.0 / 6561 * k3 - 212.0 / 729 * k4));
        var k6 = F(t + h, x + h * (9017.0 / 3168 * k1 - 355.0 / 33 * k2 + 46732.0 / 5247 * k3 + 49.0 / 176 * k4 - 5103.0 / 18656 * k5));
        var next = x + h * (35.0 / 384 * k1 + 500.0 / 1113 * k3 + 125.0 / 192 * k4 - 2187.0 / 6784 * k5 + 11.0 / 84 * k6);
        var k7 = F(t + h, next);
        var error = h * (71.0 / 57600 * k1 - 71.0 / 16695 * k3 + 71.0 / 1920 * k4 - 17253.0 / 339200 * k5 + 22.0 / 525 * k6 - 1.0 / 40 * k7);
        var (rise, bend) = (next - x, h * k1 - (next - x));
        var fifth = h * (-12715105075.0 / 11282082432 * k1 + 87487479700.0 / 32700410799 * k3 - 10690763975.0 / 1880347072 * k4
            + 701980252875.0 / 199316789632 * k5 - 1453857185.0 / 822651844 * k6 + 69997945.0 / 29380423 * k7);
        piece = new(t, h, x, rise, bend, rise - h * k7 - bend, fifth);
        return Math.Abs(error) / (_tolerance * (1 + Math.Max(Math.Abs(x), Math.Abs(next))));

        double F(double time, double value) => _slope(value, _delay == 0 ? value : At(time - _delay));
    }

    private readonly record struct Piece(double Start, double Length, double First, double Rise, double Bend, double Twist, double Fifth)
    {
        public double At(double share) => First + share * (Rise + (1 - share) * (Bend + share * (Twist + (1 - share) * Fifth)));
    }
}
