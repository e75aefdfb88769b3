import type { Operation } from '../../contract/routes.ts'

const account = { email: 'maya@example.edu', password: 'a long enough password' }
const job = {
  task_description: 'Prepare the reading group\n- Choose two papers\n- Book a room',
  worker_count: 2,
  metadata: { max_depth: 2 },
}

/** A body for each route that takes more than a request id, as somebody would send it; a test sends every one of them. */
export const EXAMPLES: Readonly<Partial<Record<Operation, object>>> = {
  register: account,
  login: account,
  refresh: { refresh_token: 'x1yQ0mVt7S4b0kE8pVw3uJ6cZ2nL9aRdT5fHgKqWsXo' },
  putCanvasCredentials: { base_url: 'https://canvas.example.edu', api_key: '7~made-up' },
  markMilestone: { state: 'doing' },
  markTask: { state: 'done' },
  retryStage: { reason: 'The instructor has opened the assignment' },
  startMilestoneFeedback: { submission_text: 'Reform came when delay cost more than filters.' },
  startAssignmentFeedback: { submission_text: 'Reform came when delay cost more than filters.' },
  createMasterplan: { discovery_id: '3f0a9a52-5c1e-4f7b-9d36-0b8f5a1c7e42', session_id: 'console-1' },
  rejectMasterplan: { rejection_reason: 'Leave the archive visit out: it is closed in December' },
  pauseMasterplan: { reason: 'Waiting for the instructor' },
  resumeMasterplan: { reason: 'The instructor has answered' },
  cancelMasterplan: { reason: 'The assignment was withdrawn' },
  retryMasterplanTask: { reason: 'The model is there again' },
  startHandoff: { build_id: 'first', requirements: { title: 'Rivers of the north' } },
  advanceHandoff: {
    role: 'q_assistant',
    completed_state: 'discovery',
    phase_result: { requirements: ['Argue how a river shaped a city'], ambiguities: [], risks: [] },
  },
  requestHandoffRetry: { reason: 'The outline has two parts of three' },
  rollbackHandoff: { target_state: 'planning', reason: 'The plan leaves the sources out' },
  createJob: job,
  submitJob: job,
  cancelJob: { reason: 'The meeting was called off' },
  retryJob: { reason: 'The instructor has opened the assignment' },
  abandonJob: { reason: 'The student has dropped the course' },
  pauseWorker: { reason: 'Canvas is slow today' },
  resumeWorker: { reason: 'Canvas answers again' },
  terminateWorker: { reason: 'It was started for the wrong course' },
  allocateResources: { job_id: 'j_68419f5fe747', depth: 1, worker_count: 2, allow_partial: true },
  releaseResources: { job_id: 'j_68419f5fe747', depth: 1 },
}
