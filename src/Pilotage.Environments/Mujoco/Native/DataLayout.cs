namespace Pilotage.Environments.Mujoco.Native;

/// <summary>Where fields stand in <c>mjData</c>, in bytes: MuJoCo 2.2.2 on x64, as <c>offsetof</c> prints them from its headers. Other versions differ.</summary>
internal static class DataLayout
{
    public const int StackSize = 0;                 // nstack, 32-bit integer
    public const int BufferSize = 4;                // nbuffer, 32-bit integer

    // mjWarningStat warning[8]: two 32-bit integers each, the last information and the number of times
    public const int Warnings = 24;
    public const int WarningSize = 8;
    public const int WarningCount = 4;              // offset of the number in one entry
    public const int FirstStateWarning = 4;         // bad qpos, then bad qvel, bad qacc and bad ctrl
    public const int LastStateWarning = 7;

    public const int Time = 40336;                  // double

    // pointers
    public const int Positions = 40376;             // qpos [nq]
    public const int Velocities = 40384;            // qvel [nv]
    public const int Activations = 40392;           // act [na]
    public const int WarmStart = 40400;             // qacc_warmstart [nv]
    public const int Controls = 40408;              // ctrl [nu]
    public const int JointForces = 40416;           // qfrc_applied [nv]
    public const int BodyForces = 40424;            // xfrc_applied [nbody, 6]
    public const int MocapPositions = 40432;        // mocap_pos [nmocap, 3]
    public const int MocapRotations = 40440;        // mocap_quat [nmocap, 4]
    public const int UserData = 40464;              // userdata [nuserdata]
    public const int BodyPositions = 40480;         // xpos [nbody, 3]
    public const int CentresOfMass = 40504;         // xipos [nbody, 3]
    public const int GeometryPositions = 40536;     // geom_xpos [ngeom, 3]
    public const int GeometryRotations = 40544;     // geom_xmat [ngeom, 9]
    public const int SitePositions = 40552;         // site_xpos [nsite, 3]
    public const int BodyInertias = 40616;          // cinert [nbody, 10]
    public const int BodyVelocities = 40960;        // cvel [nbody, 6]
    public const int ActuatorForces = 41088;        // qfrc_actuator [nv]
    public const int ConstraintForces = 41136;      // qfrc_constraint [nv]
    public const int BodyAccelerations = 41152;     // cacc [nbody, 6]
    public const int InteractionForces = 41160;     // cfrc_int [nbody, 6]
    public const int ExternalForces = 41168;        // cfrc_ext [nbody, 6]
}
