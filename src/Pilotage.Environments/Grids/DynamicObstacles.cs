using System.Runtime.CompilerServices;
using Pilotage.Environments.Drawing;

namespace Pilotage.Environments.Grids;

/// <summary>MiniGrid-Dynamic-Obstacles-8x8-v0: reach the far corner among four balls that wander. Turn left (0), right (1), go forward (2).</summary>
/// <remarks>
/// Source: Farama Minigrid; observation as arXiv:2111.04714 takes it. The agent begins in cell (1, 1) looking right, the goal is cell (6, 6), the balls in free cells. Each step the
/// balls move first, one after the other, each to a free cell among its eight neighbours or nowhere if there is none. Going forward into a ball or a wall that was ahead before
/// they moved pays -1 and ends the episode, even if the ball has moved away; a ball that has moved in only stops the agent. The goal pays 1 - 0.9 t / 256 at step t. 256 steps.
/// Observation: the seven by seven cells before the agent, 98 numbers; walls hide nothing. Differs from the source: a ball draws among its free cells, where the source draws any
/// cell up to a hundred times.
/// </remarks>
public struct DynamicObstacles : IEnvironment, IDrawable, IRoom
{
    internal const int Side = 8;
    internal const int Limit = 4 * Side * Side;
    private const int BallCount = 4;

    private static readonly EnvironmentSpec Spec = new()
    {
        Name = "MiniGrid-Dynamic-Obstacles-8x8-v0",
        ObservationSize = EgocentricView.Size,
        Actions = new ActionSpace.Discrete(Pose.ActionCount),
        TimeLimit = Limit,
    };

    private Pose _agent;
    private BallPlaces _balls;                          // row by row
    private int _steps;

    /// <summary>Places everything, for tests; balls may share a place.</summary>
    internal DynamicObstacles(Pose agent, ReadOnlySpan<(int X, int Y)> balls, int steps = 0)
    {
        (_agent, _steps) = (agent, steps);
        for (var i = 0; i < BallCount; i++) _balls[i] = Place(balls[i].X, balls[i].Y);
    }

    internal readonly Pose Agent => _agent;

    /// <inheritdoc/>
    public static EnvironmentSpec Describe() => Spec;

    /// <inheritdoc/>
    public void Reset(Frame first, ref Randomness random)
    {
        (_agent, _steps, _balls) = (new(1, 1, 0), 0, default);
        for (var i = 0; i < BallCount; i++)
        {
            int x, y;
            do (x, y) = (1 + random.NextInt(Side - 2), 1 + random.NextInt(Side - 2));
            while (!IsFree(x, y));
            _balls[i] = Place(x, y);
        }
        Observe(first.Observation);
    }

    /// <inheritdoc/>
    public Outcome Step(AgentAction action, Frame next, ref Randomness random)
    {
        _steps++;
        var ahead = _agent.Ahead();
        var wasClear = Cell(ahead.X, ahead.Y) is GridCell.Empty or GridCell.Goal;
        for (var i = 0; i < BallCount; i++) Wander(i, ref random);
        var entered = GridCell.Empty;
        if (action.Index != Pose.Forward) _agent = _agent.Turned(action.Index);
        else
        {
            entered = Cell(ahead.X, ahead.Y);
            if (entered is GridCell.Empty or GridCell.Goal) _agent = ahead;
        }
        Observe(next.Observation);
        if (action.Index == Pose.Forward && !wasClear) return new(-1, End.Terminated);
        return entered == GridCell.Goal ? new((float)(1 - 0.9 * _steps / Limit), End.Terminated) : new(0, End.Running);
    }

    /// <inheritdoc/>
    public readonly void Draw(Scene scene) => RoomScene.Draw(scene, this, Side, _agent);

    readonly GridCell IRoom.At(int x, int y) => Cell(x, y);

    private readonly GridCell Cell(int x, int y) =>
        x is <= 0 or >= Side - 1 || y is <= 0 or >= Side - 1 ? GridCell.Wall
        : (x, y) == (Side - 2, Side - 2) ? GridCell.Goal
        : IsBall(Place(x, y)) ? GridCell.Ball
        : GridCell.Empty;

    private readonly bool IsBall(byte place)
    {
        for (var i = 0; i < BallCount; i++) if (_balls[i] == place) return true;
        return false;
    }

    private readonly bool IsFree(int x, int y) => Cell(x, y) == GridCell.Empty && (x, y) != (_agent.X, _agent.Y);

    private void Wander(int ball, ref Randomness random)
    {
        Span<byte> free = stackalloc byte[8];
        var (x, y, count) = (_balls[ball] % Side, _balls[ball] / Side, 0);
        for (var dy = -1; dy <= 1; dy++)
            for (var dx = -1; dx <= 1; dx++)
                if (IsFree(x + dx, y + dy)) free[count++] = Place(x + dx, y + dy);
        if (count > 0) _balls[ball] = free[random.NextInt(count)];
    }

    private static byte Place(int x, int y) => (byte)(y * Side + x);

    private readonly void Observe(Span<float> observation) => EgocentricView.Write(this, _agent, seesThroughWalls: true, observation);

    [InlineArray(BallCount)]
    private struct BallPlaces
    {
        private byte _first;
    }
}
