#pragma once

// Lab 03: making training work. README.md explains and derives every formula; this file says exactly what each function
// does; you write the bodies in optimizers.cpp, task by task.
//
// Throughout: theta is a number of a parameter and g its gradient; a rule is applied to every number of every parameter
// separately. `rate` is the initial learning rate; the rules use learning_rate, a member of Optimizer. Options have the
// defaults of PyTorch, except AdamW's weight_decay, which is 0 here.

#include <cstddef>
#include <limits>
#include <vector>

#include "nn/mode.hpp"
#include "nn/parameter.hpp"
#include "tensor/random.hpp"
#include "tensor/tensor.hpp"
#include "train/checkpoint.hpp"
#include "train/optimizer.hpp"

namespace nn {

// 3.1 Initial weights. weight: (in_features, out_features); draws are made in storage order. Lab 02 has glorot_uniform,
// for sigmoid and tanh.

/// Normal with mean 0 and standard deviation sqrt(2 / in_features) (He et al. 2015, eq. 10): for ReLU.
void he_normal(Matrix& weight, Random& random);

/// A random orthogonal matrix, which keeps norms: for recurrent weights. Draws numbers that are normal with mean 0 and
/// deviation 1 and takes q of their QR decomposition (linalg/linalg.hpp), with each column of q multiplied by the sign
/// of the number of r on the diagonal; only then are all orthogonal matrices equally likely (Mezzadri 2007, section 5;
/// Saxe, McClelland and Ganguli 2014). The columns of weight are orthonormal; if it has fewer rows than columns, its
/// rows are: then the transpose is decomposed, and q is transposed back.
void orthogonal(Matrix& weight, Random& random);

// 3.2 Stochastic gradient descent with momentum

/// With v = 0 before the first step: g' = g + weight_decay theta, v = momentum v + g', theta -= learning_rate v (Polyak
/// 1964; Sutskever et al. 2013, section 2; the decay is that of an L2 penalty weight_decay / 2 |theta|^2).
class SGD : public Optimizer {
 public:
  struct Options {
    Real momentum = 0;
    Real weight_decay = 0;
  };
  SGD(const ParameterList& parameters, Real rate, const Options& options)
      : Optimizer(parameters, rate), options_(options) {}

  void step() override;
  std::vector<CheckpointTensor> state() override { return state_of({{"velocity", &velocity_}}); }

 private:
  const Options options_;
  Buffers velocity_ = zero_buffers();  // v
};

// 3.3 RMSProp

/// With s = 0 before the first step: s = alpha s + (1 - alpha) g^2, theta -= learning_rate g / (sqrt(s) + epsilon)
/// (Tieleman and Hinton 2012, lecture 6.5).
class RMSProp : public Optimizer {
 public:
  struct Options {
    Real alpha = Real(0.99);
    Real epsilon = Real(1e-8);
  };
  RMSProp(const ParameterList& parameters, Real rate, const Options& options)
      : Optimizer(parameters, rate), options_(options) {}

  void step() override;
  std::vector<CheckpointTensor> state() override { return state_of({{"mean_square", &mean_square_}}); }

 private:
  const Options options_;
  Buffers mean_square_ = zero_buffers();  // s
};

// 3.4 Adam and AdamW

/// Adam with bias correction (Kingma and Ba 2015, algorithm 1). With m = s = 0 before the first step, at step t = 1, 2,
/// ...: g' = g + weight_decay theta, m = beta1 m + (1 - beta1) g', s = beta2 s + (1 - beta2) g'^2,
/// theta -= learning_rate m_hat / (sqrt(s_hat) + epsilon), where m_hat = m / (1 - beta1^t), s_hat = s / (1 - beta2^t).
class Adam : public Optimizer {
 public:
  struct Options {
    Real beta1 = Real(0.9);
    Real beta2 = Real(0.999);
    Real epsilon = Real(1e-8);
    Real weight_decay = 0;
  };
  Adam(const ParameterList& parameters, Real rate, const Options& options)
      : Optimizer(parameters, rate), options_(options) {}

  void step() override;
  std::vector<CheckpointTensor> state() override {
    return state_of({{"first_moment", &first_moment_}, {"second_moment", &second_moment_}, {"steps", &steps_}});
  }

 private:
  const Options options_;
  Buffers first_moment_ = zero_buffers();   // m
  Buffers second_moment_ = zero_buffers();  // s
  std::size_t steps_ = 0;                   // t
};

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2, with the learning rate as the schedule's
/// multiplier, as PyTorch has it): first theta -= learning_rate weight_decay theta, then a step of Adam whose gradients
/// do not contain the decay.
class AdamW : public Adam {
 public:
  AdamW(const ParameterList& parameters, Real rate, const Options& options)
      : Adam(parameters, rate, without_decay(options)), weight_decay_(options.weight_decay) {}

  void step() override;

 private:
  static Options without_decay(Options options) {
    options.weight_decay = 0;
    return options;
  }
  const Real weight_decay_;
};

// 3.5 Dropout

/// Inverted dropout (Srivastava et al. 2014, section 4, with the factor moved from evaluation to training): in training
/// each number is dropped, that is set to 0, with the given probability, and the others are multiplied by 1 / (1 -
/// probability), which keeps the mean; in evaluation nothing changes.
class Dropout {
 public:
  struct Cache {
    Matrix scale;  // (rows, features): what each number was multiplied by: 0 or 1 / (1 - probability); 1 in evaluation
  };
  /// Throws std::invalid_argument unless 0 <= probability < 1.
  explicit Dropout(Real probability);

  /// x: (rows, features) -> y: the same shape. In training, draws one uniform() of mode.random() for each number, in
  /// storage order, and drops the number if the draw is below `probability`. In evaluation, draws nothing.
  Matrix forward(const Matrix& x, Mode mode, Cache& cache) const;

  /// dy: (rows, features) -> dx = dy scale, elementwise. Throws ShapeError if dy does not have the shape of x.
  Matrix backward(const Matrix& dy, const Cache& cache) const;

 private:
  Real probability_;
};

// 3.6 Gradient clipping and learning-rate schedules

/// The norm of all gradients as one long vector: sqrt of the sum of g^2 over all numbers of all parameters.
Real grad_norm(const ParameterList& parameters);

/// If grad_norm is above max_norm, multiplies every gradient by max_norm / grad_norm, so that the norm becomes max_norm
/// and the direction stays the same (Pascanu et al. 2013, algorithm 1). Returns grad_norm before clipping.
Real clip_grad_norm(const ParameterList& parameters, Real max_norm);

/// The learning rate at `step` = 0, 1, 2, ...: multiplied by gamma once every step_size steps.
Real step_schedule(Real learning_rate, std::size_t step, std::size_t step_size, Real gamma);

/// The learning rate at `step` = 0, 1, ...: half a wave of the cosine, from learning_rate at step 0 down to `lowest` at
/// total_steps, where it stays (Loshchilov and Hutter 2017, eq. 5, without restarts).
Real cosine_schedule(Real learning_rate, std::size_t step, std::size_t total_steps, Real lowest = 0);

/// The learning rate at `step` = 1, 2, ...: d_model^-0.5 min(step^-0.5, step warmup_steps^-1.5), which rises in a
/// straight line for warmup_steps steps and falls with the inverse square root afterwards (Vaswani et al. 2017, eq. 3).
/// 0 at step 0.
Real warmup_schedule(std::size_t d_model, std::size_t step, std::size_t warmup_steps);

// 3.7 Early stopping

/// Watches the loss on validation data and says when training no longer helps (Prechelt 1998; Goodfellow et al.
/// 2016, algorithm 7.1).
class EarlyStopping {
 public:
  /// Stops after `patience` epochs in a row without a new best loss. Throws std::invalid_argument if patience is 0.
  explicit EarlyStopping(std::size_t patience);

  /// Takes the validation loss of one more epoch. Returns whether it is a new best: lower than every loss before (NaN
  /// never is). If so, save the model now.
  bool update(Real loss);

  /// Whether the last `patience` losses, or more, were not new bests.
  bool should_stop() const;

  Real best_loss = std::numeric_limits<Real>::infinity();
  std::size_t best_epoch = 0;  // epochs count from 0, one for each update

 private:
  std::size_t patience_;
  std::size_t epochs_ = 0;      // losses taken
  std::size_t since_best_ = 0;  // losses since the best one
};

}  // namespace nn
