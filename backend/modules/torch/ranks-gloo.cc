/* DOT Refine: a GAN's pictures refined by its own discriminator
 * Copyright (C) 2026 The DOT Refine authors
 * SPDX-License-Identifier: LGPL-3.0-or-later */

/* Connects the processes of a training by libtorch's c10d with gloo. */

#include "train-ranks.h"

#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <chrono>
#include <csignal>
#include <functional>

#include <gmodule.h>

#include "base/intl.h"

namespace
{

using namespace dot_torch;

/* How often it is looked who has come. */
constexpr gulong LOOK_MICROSECONDS = 50000;

/* How long rank 0 stays for others to see that they differ. */
constexpr guint SEEN_SECONDS = 10;

/* gloo writes to sockets that others may have closed.  Threads that are begun
 * while it lives are not ended by that. */
class PipeSignalBlocked
{
public:
  PipeSignalBlocked ()
  {
    sigset_t pipe;

    sigemptyset (&pipe);
    sigaddset (&pipe, SIGPIPE);
    pthread_sigmask (SIG_BLOCK, &pipe, &before);
  }

  ~PipeSignalBlocked ()
  {
    pthread_sigmask (SIG_SETMASK, &before, nullptr);
  }

  PipeSignalBlocked (const PipeSignalBlocked &)            = delete;
  PipeSignalBlocked &operator= (const PipeSignalBlocked &) = delete;

private:
  sigset_t before;
};

class GlooRanks : public Ranks
{
public:
  explicit GlooRanks (const DotRanksDoor &door);

  guint port () const;
  bool  join (const DotRanksMember &member, GError **error);
  void  sum (Tensor &values) override;
  void  share (Tensor &values) override;

private:
  c10::intrusive_ptr<c10d::TCPStore>         door;
  c10::intrusive_ptr<c10d::Store>            store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> group;
  bool                                       listens;
  guint                                      seconds;

  void        set (const char *key, guint rank, const char *value);
  std::string get (const char *key, guint rank);
  bool        wait_for (const char *key, guint rank, gint64 end, GCancellable *cancellable);
  bool        gather (const DotRanksMember &member, GError **error);
  bool        compare (const DotRanksMember &member, GError **error);
  std::string find_address (const DotRanksMember &member);
  void        connect (const DotRanksMember &member);
  void        finish (Tensor                                                         &values,
                      const std::function<c10::intrusive_ptr<c10d::Work> (Tensor &)> &begin);
};

/*  the door  */

GlooRanks::GlooRanks (const DotRanksDoor &where)
    : listens (where.host == nullptr), seconds (where.seconds)
{
  c10d::TCPStoreOptions options;

  options.port        = (std::uint16_t) where.port;
  options.isServer    = listens;
  options.waitWorkers = false;
  options.timeout     = std::chrono::seconds (seconds);
  options.useLibUV    = false;
  door  = c10::make_intrusive<c10d::TCPStore> (listens ? "localhost" : where.host, options);
  store = c10::make_intrusive<c10d::PrefixStore> (where.attempt ? where.attempt : "ranks", door);
}

guint
GlooRanks::port () const
{
  return door->getPort ();
}

static std::string
key_of (const char *key, guint rank)
{
  return std::string (key) + "/" + std::to_string (rank);
}

void
GlooRanks::set (const char *key, guint rank, const char *value)
{
  std::string text = value ? value : "";

  store->set (key_of (key, rank), std::vector<uint8_t> (text.begin (), text.end ()));
}

std::string
GlooRanks::get (const char *key, guint rank)
{
  std::vector<uint8_t> bytes = store->get (key_of (key, rank));

  return std::string (bytes.begin (), bytes.end ());
}

/* Until @end, by the monotonic clock. */
bool
GlooRanks::wait_for (const char *key, guint rank, gint64 end, GCancellable *cancellable)
{
  while (! store->check ({ key_of (key, rank) }))
    {
      if (g_get_monotonic_time () > end || g_cancellable_is_cancelled (cancellable))
        return false;
      g_usleep (LOOK_MICROSECONDS);
    }
  return true;
}

/*  coming together  */

/* Waits until all are there. */
bool
GlooRanks::gather (const DotRanksMember &member, GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;

  for (guint i = 0; i < member.n_ranks; i++)
    if (! wait_for ("summary", i, end, member.cancellable))
      {
        if (! g_cancellable_set_error_if_cancelled (member.cancellable, error))
          g_set_error (error, DOT_ERROR, DOT_ERROR_FAILED,
                       _ ("Rank %u of %u didn't come within %u s: start it too, or give a longer "
                          "--rank-timeout."),
                       i, member.n_ranks, seconds);
        return false;
      }
  return true;
}

/* Whoever keeps the door stays until all others know. */
bool
GlooRanks::compare (const DotRanksMember &member, GError **error)
{
  std::string first = get ("summary", 0);
  guint       other = 0;
  gint64      end   = g_get_monotonic_time () + (gint64) SEEN_SECONDS * G_USEC_PER_SEC;

  for (guint i = 1; i < member.n_ranks && other == 0; i++)
    other = get ("summary", i) == first ? 0 : i;
  if (other == 0)
    return true;

  set ("seen", member.rank, nullptr);
  for (guint i = 1; listens && i < member.n_ranks; i++)
    wait_for ("seen", i, end, nullptr);
  g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
               _ ("Rank %u was started with another configuration, other data or another version "
                  "than rank 0: start all with the same ones."),
               other);
  return false;
}

/* At which the others reach this machine, or "" where nobody can say.  Rank 0
 * learns its own from the first who came from another machine. */
std::string
GlooRanks::find_address (const DotRanksMember &member)
{
  std::string found = member.own_address ? member.own_address : "";

  for (guint i = 1; member.rank == 0 && i < member.n_ranks; i++)
    {
      std::string seen = get ("door", i);

      if (! seen.empty ())
        found = seen;
      if (! seen.empty () && seen.rfind ("127.", 0) != 0 && seen != "::1")
        break;
    }
  return found;
}

/* Each with each. */
void
GlooRanks::connect (const DotRanksMember &member)
{
  using c10d::ProcessGroupGloo;
  PipeSignalBlocked blocked;
  auto              options   = ProcessGroupGloo::Options::create (std::chrono::seconds (seconds));
  const char       *interface = g_getenv ("GLOO_SOCKET_IFNAME");
  std::string       address   = find_address (member);

  if (interface && interface[0])
    options->devices.push_back (ProcessGroupGloo::createDeviceForInterface (interface));
  else if (! address.empty ())
    options->devices.push_back (ProcessGroupGloo::createDeviceForHostname (address));
  else
    options->devices.push_back (ProcessGroupGloo::createDefaultDevice ());
  options->threads = 1;
  store->setTimeout (std::chrono::seconds (seconds));
  group  = c10::make_intrusive<ProcessGroupGloo> (store, (int) member.rank, (int) member.n_ranks,
                                                  options);
  size   = member.n_ranks;
  number = member.rank;
}

bool
GlooRanks::join (const DotRanksMember &member, GError **error)
{
  if (store->add (key_of ("taken", member.rank), 1) > 1)
    {
      g_set_error (error, DOT_ERROR, DOT_ERROR_INVALID_ARGUMENT,
                   _ ("Two processes were started as rank %u: give each a --rank of its own."),
                   member.rank);
      return false;
    }
  set ("door", member.rank, member.door_address);
  set ("summary", member.rank, member.summary);
  if (! gather (member, error) || ! compare (member, error))
    return false;

  connect (member);
  return true;
}

/*  together  */

/* gloo knows the computer's memory only. */
void
GlooRanks::finish (Tensor                                                         &values,
                   const std::function<c10::intrusive_ptr<c10d::Work> (Tensor &)> &begin)
{
  Tensor host = values.to (at::kCPU).contiguous ();

  try
    {
      begin (host)->wait ();
    }
  catch (const std::exception &)
    {
      lost = true;
      throw;
    }
  if (! host.is_same (values))
    values.copy_ (host);
}

void
GlooRanks::sum (Tensor &values)
{
  c10::NoGradGuard no_grad;

  finish (values, [&] (Tensor &host) {
    std::vector<Tensor> all = { host };

    return group->allreduce (all);
  });
}

void
GlooRanks::share (Tensor &values)
{
  c10::NoGradGuard no_grad;

  finish (values, [&] (Tensor &host) {
    std::vector<Tensor> all = { host };

    return group->broadcast (all);
  });
}

/*  in C  */

static std::string
first_line (const char *text)
{
  std::string all = text;

  return all.substr (0, all.find_first_of ("\n.;"));
}

gpointer
gloo_open (const DotRanksDoor *door, GError **error)
{
  g_autoptr (GError) cause = nullptr;
  gpointer ranks           = guarded (&cause, [&] () -> gpointer {
    try
      {
        return static_cast<Ranks *> (new GlooRanks (*door));
      }
    catch (const std::exception &e)
      {
        std::string      reason   = first_line (e.what ());
        g_autofree char *sentence = g_strdup_printf (
          door->host ? _ ("Rank 0's port %u can't be used (%s): start rank 0, and see that "
                                    "--rendezvous is where it listens.")
                     : _ ("Rank 0 can't listen at port %u (%s): give another one with "
                                    "--rendezvous."),
          door->port, reason.c_str ());

        throw Failure{ DOT_ERROR_FAILED, sentence };
      }
  });

  if (cause)
    g_propagate_error (error, g_steal_pointer (&cause));
  return ranks;
}

GlooRanks *
to_gloo (gpointer data)
{
  return static_cast<GlooRanks *> (static_cast<Ranks *> (data));
}

guint
gloo_get_port (gpointer data)
{
  return to_gloo (data)->port ();
}

/* Once the door is open, what fails is somebody else who went away. */
gboolean
gloo_join (gpointer data, const DotRanksMember *member, GError **error)
{
  GlooRanks *ranks         = to_gloo (data);
  g_autoptr (GError) cause = nullptr;
  gboolean joined          = FALSE;

  ranks->lost = true;
  guarded_together (ranks, error, [&] () -> gboolean {
    joined = ranks->join (*member, &cause);
    return TRUE;
  });
  ranks->lost = false;
  if (cause)
    g_propagate_error (error, g_steal_pointer (&cause));
  return joined;
}

gboolean
gloo_sum (gpointer data, double *values, gsize n, GError **error)
{
  GlooRanks *ranks = to_gloo (data);
  return guarded_together (ranks, error, [&] () -> gboolean {
    Tensor all = at::from_blob (values, { (gint64) n }, at::kDouble);

    ranks->sum (all);
    return TRUE;
  });
}

gboolean
gloo_share (gpointer data, gpointer bytes, gsize n, GError **error)
{
  GlooRanks *ranks = to_gloo (data);
  return guarded_together (ranks, error, [&] () -> gboolean {
    Tensor all = at::from_blob (bytes, { (gint64) n }, at::kByte);

    ranks->share (all);
    return TRUE;
  });
}

/* What is left to do with others who are gone doesn't matter any more. */
void
gloo_close (gpointer data)
{
  try
    {
      delete to_gloo (data);
    }
  catch (...)
    {
    }
}

const DotRanksClass gloo_class = {
  DOT_RANKS_ABI, gloo_open, gloo_get_port, gloo_join, gloo_sum, gloo_share, gloo_close,
};

} // namespace

extern "C" G_MODULE_EXPORT const DotRanksClass *dot_ranks_module (void);

const DotRanksClass *
dot_ranks_module (void)
{
  return &gloo_class;
}
