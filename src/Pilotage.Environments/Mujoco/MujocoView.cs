namespace Pilotage.Environments.Mujoco;

/// <summary>Where a task is drawn from.</summary>
/// <param name="Height">Metres that a picture shows from bottom to top.</param>
/// <param name="Follows">Whether the picture stays with the first body along x: for what runs away.</param>
/// <param name="IsFromAbove">From above instead of from the side: for what moves in a plane of the ground.</param>
/// <param name="HasGround">Whether a ground is shown, with a mark at each metre.</param>
/// <param name="Lowest">Height of the ground, in metres; without one, of the picture's lower part.</param>
internal readonly record struct MujocoView(double Height, bool Follows = true, bool IsFromAbove = false, bool HasGround = true, double Lowest = 0);
