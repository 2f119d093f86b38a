namespace Pilotage.Environments.Mujoco;

/// <summary>A kind of named thing in a model. The values are MuJoCo's own (<c>mjtObj</c>).</summary>
public enum MujocoObject
{
    /// <summary>A rigid body.</summary>
    Body = 1,

    /// <summary>A joint.</summary>
    Joint = 3,

    /// <summary>A geometry: a shape that is fixed to a body.</summary>
    Geometry = 5,

    /// <summary>A site: a marked place on a body.</summary>
    Site = 6,

    /// <summary>An actuator.</summary>
    Actuator = 18,
}
