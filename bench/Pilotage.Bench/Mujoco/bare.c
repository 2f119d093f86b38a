/* The bare loop that an environment step is measured against: controls in, frame_skip x mj_step, nothing out. It replays recorded actions and the recorded
   starts of episodes, so that both sides compute the same physics. Needs no headers: addresses come from the caller. */
#include <string.h>

typedef void (*step_function)(void *model, void *data);

void bare_loop(step_function step, void *model, void *data, double *positions, double *velocities, double *warm_start, double *controls,
               int position_count, int velocity_count, int control_count, int frame_skip, int steps,
               const unsigned char *begins, const double *starts, const float *actions)
{
    for (int i = 0; i < steps; i++) {
        if (begins[i]) {
            memcpy(positions, starts, position_count * sizeof(double));
            starts += position_count;
            memcpy(velocities, starts, velocity_count * sizeof(double));
            starts += velocity_count;
            memcpy(warm_start, starts, velocity_count * sizeof(double));
            starts += velocity_count;
        }
        for (int k = 0; k < control_count; k++) controls[k] = actions[i * control_count + k];
        for (int k = 0; k < frame_skip; k++) step(model, data);
    }
}
