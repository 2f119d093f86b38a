namespace Pilotage.Environments.Arcade;

/// <summary>Rules of thumb for the games, from what is seen.</summary>
internal static class ArcadeRules
{
    private const int Side = Pixels.Side;
    private const int BottomRow = Side - 1;
    private const int Danger = 3;                       // rows above the cannon in which a bullet is fled from
    private const int Foresight = 3;                    // bounces off the paddle
    private const int LongestFlight = 4 * Side;
    private const int Never = 1000;

    /// <summary>Breakout: plays on in mind and brings the paddle to where the ball will come down, to the side of it that sends it to a brick sooner.</summary>
    public static Button FollowBall(ReadOnlySpan<float> observation)
    {
        var (paddle, ball, trail) = (Side / 2, (X: -1, Y: -1), (X: -1, Y: -1));
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                switch (Screen.Channel(observation, x, y, Breakout.Channels))
                {
                    case 0: paddle = x; break;
                    case 1: ball = (x, y); break;
                    case 2: trail = (x, y); break;
                }
            }
        }
        if (ball.X < 0) return Button.None;                                               // bricks cover it, or its trail does
        var down = Fall(observation, new(ball.X, ball.Y, Direction(ball, trail))).End;
        var target = UntilBrick(observation, Back(down), Foresight) <= UntilBrick(observation, Through(down), Foresight) ? down.X : down.LastX;
        return target < paddle ? Button.Left : target > paddle ? Button.Right : Button.None;
    }

    /// <summary>Space Invaders: flees a bullet that is about to hit, else shoots under aliens, else goes under the nearest.</summary>
    public static Button ShootAndDodge(ReadOnlySpan<float> observation)
    {
        var (cannon, aliens, bullets) = (Side / 2, 0, 0);                                 // columns as bits; of bullets only those close to the ground
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                switch (Screen.Channel(observation, x, y, SpaceInvaders.Channels))
                {
                    case 0: cannon = x; break;
                    case 2 or 3: aliens |= 1 << x; break;
                    case 5 when y >= BottomRow - Danger: bullets |= 1 << x; break;
                }
            }
        }
        bool Is(int columns, int x) => x is >= 0 and < Side && (columns >> x & 1) != 0;
        if (Is(bullets, cannon)) return cannon > 0 && !Is(bullets, cannon - 1) ? Button.Left : Button.Right;
        if (Is(aliens, cannon)) return Button.Fire;
        for (var distance = 1; distance < Side; distance++)
        {
            var side = Is(aliens, cannon - distance) ? -1 : Is(aliens, cannon + distance) ? 1 : 0;
            if (side == 0) continue;
            return Is(bullets, cannon + side) ? Button.None : side < 0 ? Button.Left : Button.Right;
        }
        return Button.None;
    }

    // A step that stays in its row or column has bounced: off the paddle upwards, off a brick downwards, off a wall to the other side.
    private static (int X, int Y) Direction((int X, int Y) ball, (int X, int Y) trail)
    {
        if (trail.X < 0) trail = (ball.X < Side / 2 ? ball.X - 1 : ball.X + 1, ball.Y - 1);   // covered by bricks: an episode has just begun
        var (dx, dy) = (Math.Sign(ball.X - trail.X), Math.Sign(ball.Y - trail.Y));
        return (dx != 0 ? dx : ball.X == 0 ? 1 : -1, dy != 0 ? dy : ball.Y == BottomRow - 1 ? -1 : 1);
    }

    // Plays on until the ball is at the paddle's row, or for long; says in which step it met the first brick.
    private static (Flight End, int Steps, int FirstBrick) Fall(ReadOnlySpan<float> observation, Flight ball)
    {
        var (x, y, last, broken, first, step) = (ball.X, ball.Y, ball.X, false, Never, 0);
        var (dx, dy) = ball.Direction;
        for (; y < BottomRow && step < LongestFlight; step++)
        {
            last = x;
            x += dx;
            if (x is < 0 or >= Side) (x, dx) = (Math.Clamp(x, 0, Side - 1), -dx);
            if (y + dy < 0) dy = 1;
            else if (!broken && Screen.Channel(observation, x, y + dy, Breakout.Channels) == 3) (dy, broken, first) = (-dy, true, Math.Min(first, step));
            else (y, broken) = (y + dy, false);
        }
        return (new(x, y, (dx, dy), last), step, first);
    }

    // Steps until the first brick, over a few bounces of whichever kind is better.
    private static int UntilBrick(ReadOnlySpan<float> observation, Flight ball, int bounces)
    {
        var (down, steps, first) = Fall(observation, ball);
        if (first < Never || bounces == 0) return first;
        return Math.Min(Never, steps + Math.Min(UntilBrick(observation, Back(down), bounces - 1), UntilBrick(observation, Through(down), bounces - 1)));
    }

    // With the paddle where the ball comes down, and with it where the ball comes from.
    private static Flight Back(Flight down) => new(down.X, BottomRow - 1, (-down.Direction.X, -1));

    private static Flight Through(Flight down) => new(down.X, BottomRow - 1, (down.Direction.X, -1));

    private readonly record struct Flight(int X, int Y, (int X, int Y) Direction, int LastX = 0);
}
